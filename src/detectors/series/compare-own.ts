import type { Breakdown, Series } from '../shapes.ts'
import { halfWidth } from './draw-band.ts'

/** Fewest periods before that say what is usual. */
const beforeMin = 3

/** Mean of a slice's own values over [from, to), and outside: in the last `before` periods before it, where there are three at least. */
export function averageOwn(
  { values, weights, kind }: Series,
  from: number,
  to: number,
  before = Number.POSITIVE_INFINITY,
): { inside: number; outside: number } {
  const isNear = from >= beforeMin && Number.isFinite(before)
  const [sums, rows] = [
    [0, 0],
    [0, 0],
  ]
  for (let at = 0; at < values.length; at++) {
    if (!Number.isFinite(values[at])) continue
    const side = at >= from && at < to ? 0 : 1
    if (side === 1 && isNear && (at >= to || at < from - before)) continue
    const weight = kind === 'count' || kind === 'amount' ? 1 : (weights?.[at] ?? 1)
    sums[side] = sums[side]! + weight * values[at]!
    rows[side] = rows[side]! + weight
  }
  return { inside: sums[0]! / rows[0]!, outside: sums[1]! / rows[1]! }
}

/** Mean a period that the others let expect, and its range. */
interface Expected {
  readonly expected: number
  readonly low: number
  readonly high: number
}

/** What is expected of a slice that differs from it by an effect. */
export const divideBy = (
  observed: number,
  { value, low, high }: { value: number; low: number; high: number },
): Expected => ({
  expected: observed / value,
  low: observed / high,
  high: observed / low,
})

/** What a slice that has nothing left would have had, had it gone the way of the others, with the range of its own scatter before. */
export function expectBeside({ slices }: Breakdown, slice: number, from: number, to: number): Expected {
  const { series } = slices[slice]!
  const own = averageOwn(series, from, to)
  let [inside, outside] = [0, 0]
  slices.forEach((other, k) => {
    if (k === slice) return
    const average = averageOwn(other.series, from, to)
    inside += average.inside
    outside += average.outside
  })
  const common = outside > 0 ? inside / outside : 1
  const expected = own.outside * common
  const others = series.values.filter((x, at) => Number.isFinite(x) && (at < from || at >= to))
  const squares = others.reduce((sum, x) => sum + (x - own.outside) ** 2, 0)
  const half = (halfWidth * common * Math.sqrt(squares / Math.max(1, others.length - 1))) / Math.sqrt(to - from)
  return { expected, low: Math.max(0, expected - half), high: expected + half }
}
