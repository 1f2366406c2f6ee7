import type { Evidence } from '../../findings/evidence.ts'
import type { TestedNumbers } from '../../findings/finding.ts'
import { buildBreakdown } from '../../hypotheses/series/build-breakdown.ts'
import { labelMember } from '../../hypotheses/write/write-standing.ts'
import type { JudgedTable, TableTest } from '../judge/judge-table.ts'

type Line = (at: number) => number | null

const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null

/**
 * What the picture of a verdict about slices shows, period by period: the slice and what the others let expect of it, the new first beside the
 * old one, the share of the largest beside what it was, or a rate beside what it would be with the old mix.
 */
export function drawTable(test: TableTest, { slice }: JudgedTable, numbers: TestedNumbers): Evidence['series'] {
  const { periods } = test.table
  const from = Math.max(0, periods.indexOf(numbers.from ?? ''))
  const [value, expected] = (painters[test.detector.name] ?? drawNothing)(test, slice, numbers, from)
  return periods.map((at, place) => ({ at, value: value(place), expected: expected(place), low: null, high: null }))
}

type Painter = (
  test: TableTest,
  slice: JudgedTable['slice'],
  numbers: TestedNumbers,
  from: number,
) => readonly [value: Line, expected: Line]

const drawNothing: Painter = () => [() => null, () => null]

/** Total and weight of some slices in one period. */
function collect({ table, metric, shape }: TableTest, at: number, isOf: (place: number) => boolean) {
  let [total, weight] = [0, 0]
  table.slices.forEach(({ values, weights }, place) => {
    if (!isOf(place)) return
    const own = shape.weight === undefined ? 1 : (weights[metric]?.[at] ?? Number.NaN)
    const value = (values[metric]?.[at] ?? Number.NaN) * own
    if (!Number.isFinite(value)) return
    total += value
    weight += own
  })
  return { total, weight, level: shape.weight === undefined ? total : weight > 0 ? total / weight : Number.NaN }
}

const placeOf = ({ table }: TableTest, slice: JudgedTable['slice']): number =>
  table.slices.findIndex((one) => one.slice.map(labelMember).join() === slice.map(labelMember).join())

/** The slice, and the others times what the slice usually is of them. */
const drawDivergence: Painter = (test, slice, numbers, from) => {
  const place = placeOf(test, slice)
  const { periods } = test.table
  const to = numbers.to === null ? periods.length : periods.indexOf(numbers.to)
  const read = (at: number) => ({
    own: collect(test, at, (one) => one === place).level,
    others: collect(test, at, (one) => one !== place).level,
  })
  let [own, others] = [0, 0]
  for (let at = 0; at < periods.length; at++) {
    const now = read(at)
    if ((at >= from && at < to) || !Number.isFinite(now.own) || !Number.isFinite(now.others)) continue
    own += now.own
    others += now.others
  }
  return [(at) => finite(read(at).own), (at) => finite((read(at).others * own) / others)]
}

const drawFirst: Painter = (test, slice, { details }) => {
  const place = placeOf(test, slice)
  const before = test.table.slices.findIndex((one) => one.slice.map(labelMember).join(' · ') === details.first_before)
  const level = (of: number) => (at: number) => finite(collect(test, at, (one) => one === of).level)
  return [level(place), level(before)]
}

/** The largest by what they are in the recent part. */
const drawLargest: Painter = (test, _slice, { details, expected }, from) => {
  const built = buildBreakdown(test)
  const slices = typeof built === 'string' ? [] : built.breakdown.slices
  const sizes = slices.map(({ series }) => series.values.slice(from).reduce((sum, x) => sum + (finite(x) ?? 0), 0))
  const largest = sizes
    .map((_, place) => place)
    .sort((a, b) => sizes[b]! - sizes[a]!)
    .slice(0, Number(details.top))
  const add = (places: readonly number[], at: number) =>
    places.reduce((sum, place) => sum + (finite(slices[place]!.series.values[at]) ?? 0), 0)
  return [(at) => finite(add(largest, at) / add([...slices.keys()], at)), () => expected]
}

/** The whole, and since the change the rates of each period in the proportions before it. */
const drawMix: Painter = (test, _slice, _numbers, from) => {
  const { slices } = test.table
  const before = slices.map(({ weights }) =>
    (weights[test.metric] ?? new Float64Array(0)).slice(0, from).reduce((sum, x) => sum + (finite(x) ?? 0), 0),
  )
  const mixed: Line = (at) => {
    let [total, weight] = [0, 0]
    slices.forEach(({ values }, place) => {
      const rate = values[test.metric]?.[at] ?? Number.NaN
      if (!Number.isFinite(rate)) return
      total += rate * before[place]!
      weight += before[place]!
    })
    return at >= from ? finite(total / weight) : null
  }
  return [(at) => finite(collect(test, at, () => true).level), mixed]
}

const painters: Readonly<Record<string, Painter>> = {
  divergence: drawDivergence,
  rank_change: drawFirst,
  concentration: drawLargest,
  mix_or_rate: drawMix,
}
