/** A value while it is worked on: instants are epoch milliseconds, dates `YYYY-MM-DD`, whole numbers beyond 2^53 bigints. */
export type Value = string | number | bigint | boolean | null

export type Row = Readonly<Record<string, Value>>

/** By code point, which is how UTF-8 bytes sort; JavaScript sorts by UTF-16 unit. */
function compareTexts(a: string, b: string): number {
  const left = [...a]
  const right = [...b]
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const difference = (left[at]!.codePointAt(0) ?? 0) - (right[at]!.codePointAt(0) ?? 0)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

/** Of two values that are not empty. */
export function compareValues(a: NonNullable<Value>, b: NonNullable<Value>): number {
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b)
  return a < b ? -1 : a > b ? 1 : 0
}

/** Empty values come last, in both directions. */
export function compareForOrder(a: Value, b: Value, descending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return descending ? compareValues(b, a) : compareValues(a, b)
}

/** Two values are the same in a group or a match when their texts are; empty is the same as empty. */
export const idOf = (values: readonly Value[]): string =>
  JSON.stringify(values.map((value) => (value === null ? null : `${typeof value === 'string'}${value}`)))
