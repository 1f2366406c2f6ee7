import type { Breakdown, Series } from '../shapes.ts'
import { halfWidth } from './draw-band.ts'

/** Mean of a slice's own values over [from, to), and outside. */
export function averageOwn(
  { values, weights, kind }: Series,
  from: number,
  to: number,
): { inside: number; outside: number } {
  const [sums, rows] = [
    [0, 0],
    [0, 0],
  ]
  for (let at = 0; at < values.length; at++) {
    if (!Number.isFinite(values[at])) continue
    const side = at >= from && at < to ? 0 : 1
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

/** What a slice that has nothing left would have had, had it gone the way of the others: of counts, with their own chance. */
export function expectBeside({ slices }: Breakdown, slice: number, from: number, to: number): Expected {
  const own = averageOwn(slices[slice]!.series, from, to)
  let [inside, outside] = [0, 0]
  slices.forEach(({ series }, k) => {
    if (k === slice) return
    const other = averageOwn(series, from, to)
    inside += other.inside
    outside += other.outside
  })
  const expected = outside > 0 ? (own.outside * inside) / outside : own.outside
  const half = halfWidth * Math.sqrt(Math.max(0, expected) / (to - from))
  return { expected, low: Math.max(0, expected - half), high: expected + half }
}
