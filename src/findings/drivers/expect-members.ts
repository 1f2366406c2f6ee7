/** What one combination of values did, and what the weeks before let expect. Sums; of a ratio or mean its numerator and denominator. */
export interface Member {
  /** Values of the fields that cut the rows. */
  readonly keys: readonly (string | number | boolean | null)[]
  readonly actual: number
  readonly expected: number
  readonly weight: { readonly actual: number; readonly expected: number } | undefined
}

/** One row of the exploration of both sides (`writeSides`). */
export interface SideRow {
  readonly isNow: boolean
  /** Day of the week, or always the same. */
  readonly phase: number
  readonly keys: Member['keys']
  readonly value: number
  readonly weight: number | undefined
}

/** Usable periods of each side, by phase. */
export interface SidePeriods {
  readonly now: ReadonlyMap<number, number>
  readonly before: ReadonlyMap<number, number>
}

interface Sums {
  actual: number
  expected: number
  weightActual: number
  weightExpected: number
}

/**
 * The members of a movement. Expected is the mean of the same day of the week over the periods before, times the days of it that moved: linear
 * in the rows, so that members add up to the whole as `measureMovement` has it. In an order of their own, whatever the warehouse's.
 */
export function expectMembers(rows: readonly SideRow[], periods: SidePeriods): readonly Member[] {
  const sums = new Map<string, Sums>()
  let isWeighed = false
  for (const { isNow, phase, keys, value, weight } of rows) {
    const key = JSON.stringify(keys)
    const sum = sums.get(key) ?? { actual: 0, expected: 0, weightActual: 0, weightExpected: 0 }
    sums.set(key, sum)
    const behind = weight ?? 0
    const total = Number.isFinite(value) ? (weight === undefined ? value : value * behind) : 0
    isWeighed ||= weight !== undefined
    if (isNow) {
      sum.actual += total
      sum.weightActual += behind
      continue
    }
    const days = periods.before.get(phase) ?? 0
    const factor = days === 0 ? 0 : (periods.now.get(phase) ?? 0) / days
    sum.expected += total * factor
    sum.weightExpected += behind * factor
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { actual, expected, weightActual, weightExpected }]) => ({
      keys: JSON.parse(key) as Member['keys'],
      actual,
      expected,
      weight: isWeighed ? { actual: weightActual, expected: weightExpected } : undefined,
    }))
}

/** What of a change lies in each member; together they are the whole change. */
export interface Change {
  /** Of the whole, in the metric's own terms: a sum, or a ratio or mean. */
  readonly actual: number
  readonly expected: number
  readonly parts: readonly number[]
}

/**
 * Of a sum, what each member has more or less. Of a ratio or mean, how far the member pulls it from halfway between old and new value, now against before:
 * a member whose rate and weight stay the same pulls as it did, and has no part in the change.
 */
export function divideChange(members: readonly Member[]): Change {
  const add = (read: (one: Member) => number) => members.reduce((sum, one) => sum + read(one), 0)
  const [actual, expected] = [add((one) => one.actual), add((one) => one.expected)]
  const [now, before] = [add((one) => one.weight?.actual ?? 0), add((one) => one.weight?.expected ?? 0)]
  if (members.every(({ weight }) => weight === undefined))
    return { actual, expected, parts: members.map((one) => one.actual - one.expected) }
  const [after, earlier] = [actual / now, expected / before]
  const middle = (after + earlier) / 2
  const parts = members.map(
    (one) =>
      (one.actual - middle * (one.weight?.actual ?? 0)) / now -
      (one.expected - middle * (one.weight?.expected ?? 0)) / before,
  )
  return { actual: after, expected: earlier, parts }
}
