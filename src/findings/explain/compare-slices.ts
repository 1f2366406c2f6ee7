import type { Slice } from '../../hypotheses/hypothesis.ts'

const has = (slice: Slice, field: string, value: unknown): boolean =>
  slice.some((one) => one.field === field && one.value === value)

/** Whether every row of `inner` is a row of `outer`. */
export const isWithin = (inner: Slice, outer: Slice): boolean =>
  outer.every(({ field, value }) => has(inner, field, value))

/** Whether two slices have the same conditions, in any order. */
export const isSameSlice = (a: Slice, b: Slice): boolean => a.length === b.length && isWithin(a, b)

/** Rows that are in both; undefined when the slices name different values of one field, so that there are none. */
export function intersectSlices(a: Slice, b: Slice): Slice | undefined {
  const clash = b.some(({ field, value }) => a.some((one) => one.field === field && one.value !== value))
  if (clash) return undefined
  return [...a, ...b.filter(({ field, value }) => !has(a, field, value))]
}
