import type { Shift } from './scan-shifts.ts'

/** Ends this near to each other are one place. */
const slack = 2
/** Changes of the same direction that differ less than by this factor are one level. */
const factorMax = 2

/** A lasting change leaves at most this part of the one before it that it undoes. */
const leftMax = 0.25

interface Sized {
  readonly shift: Shift
  readonly size: number
}

const isLasting = ({ shift }: Sized, count: number): boolean => shift.to >= count

/** Two lasting changes of which the second undoes the first: a level that returned. It is as sure as the less sure of its ends. */
function returns(first: Sized, second: Sized, count: number): boolean {
  if (!isLasting(first, count) || !isLasting(second, count)) return false
  return Math.abs(first.size + second.size) <= leftMax * Math.abs(first.size)
}

/**
 * Shifts that follow each other to nearly the same level are one that lasts longer, found in parts because both ends vary. `sizes` are
 * their fitted changes of the predictor, in the same order; `count` is the sample's length. One that lasts until another undoes it ends there.
 */
export function mergeShifts(shifts: readonly Shift[], sizes: ArrayLike<number>, count: number): readonly Shift[] {
  const order = shifts.map((shift, k): Sized => ({ shift, size: sizes[k]! }))
  order.sort((a, b) => a.shift.from - b.shift.from)
  const merged: Sized[] = []
  for (const next of order) {
    const last = merged.at(-1)
    if (last && returns(last, next, count)) {
      const pValue = Math.max(last.shift.pValue, next.shift.pValue)
      merged[merged.length - 1] = { shift: { ...last.shift, to: next.shift.from, pValue }, size: last.size }
      continue
    }
    const ratio = last ? last.size / next.size : 0
    if (!last || Math.abs(last.shift.to - next.shift.from) > slack || ratio < 1 / factorMax || ratio > factorMax) {
      merged.push(next)
      continue
    }
    const stronger = last.shift.pValue <= next.shift.pValue ? last : next
    merged[merged.length - 1] = {
      shift: { ...stronger.shift, from: last.shift.from, to: next.shift.to },
      size: stronger.size,
    }
  }
  return merged.map(({ shift }) => shift)
}
