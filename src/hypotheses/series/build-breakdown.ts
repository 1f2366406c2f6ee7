import type { Breakdown, Leaves, Series } from '../../detectors/shapes.ts'
import type { Slice } from '../hypothesis.ts'
import { sliceShareMin } from '../limits.ts'
import { labelMember } from '../write/write-standing.ts'
import { buildSeries, type PeriodMarks } from './build-series.ts'
import type { MeasureShape } from './measure-shape.ts'
import type { ScanSlice, ScanTable } from './scan-table.ts'

/** Most values of a field that are put beside each other; the small ones are one. */
const slicesMax = 40
/** Rows that the small ones may hold together: with more of them the field has no values that stand for the whole. */
const restShareMax = 0.3
const restLabel = 'all others'

export interface TableMeasure {
  readonly table: ScanTable
  readonly metric: string
  readonly shape: MeasureShape
  readonly marks: PeriodMarks
}

/** A breakdown whose slices can be told: `members[k]` is the slice behind `breakdown.slices[k]`, undefined for the rest. */
export interface BrokenDown {
  readonly breakdown: Breakdown
  readonly members: readonly (Slice | undefined)[]
  /** Share of all rows behind each. */
  readonly shares: readonly number[]
}

const sum = (values: Float64Array): number => values.reduce((total, x) => total + (Number.isFinite(x) ? x : 0), 0)

const labelOf = (slice: Slice): string => slice.map(labelMember).join(' · ')

/**
 * The slices of a scan beside each other, largest first, the small ones added up as one. For measures that add up over slices (times their
 * weights). A text says why there is none.
 */
export function buildBreakdown(measure: TableMeasure): BrokenDown | string {
  const { table } = measure
  const rowsOf = new Map(table.slices.map((one) => [one, sum(one.rows)]))
  const all = [...rowsOf.values()].reduce((total, rows) => total + rows, 0)
  const sorted = [...table.slices].sort(
    (a, b) => rowsOf.get(b)! - rowsOf.get(a)! || (labelOf(a.slice) < labelOf(b.slice) ? -1 : 1),
  )
  const large = sorted.filter((one, at) => at < slicesMax && rowsOf.get(one)! >= sliceShareMin * all)
  const small = sorted.filter((one) => !large.includes(one))
  const restRows = small.reduce((total, one) => total + rowsOf.get(one)!, 0)
  if (restRows > restShareMax * all)
    return `its ${large.length} largest values hold only ${Math.round((1 - restRows / all) * 100)}% of the rows`
  const rest = small.length > 0 ? [addUp(small, measure)] : []
  return {
    breakdown: {
      field: table.scan.dimensions.join(' and '),
      slices: [
        ...large.map((one) => ({ label: labelOf(one.slice), series: seriesOf(one, measure) })),
        ...rest.map((one) => ({ label: restLabel, series: seriesOf(one, measure) })),
      ],
    },
    members: [...large.map(({ slice }) => slice), ...rest.map(() => undefined)],
    shares: [...large.map((one) => rowsOf.get(one)! / all), ...rest.map(() => restRows / all)],
  }
}

function seriesOf({ values, weights }: ScanSlice, { table, metric, shape, marks }: TableMeasure): Series {
  const { scan, periods } = table
  return buildSeries({
    shape,
    grain: scan.grain,
    periods,
    values: values[metric] ?? new Float64Array(periods.length).fill(Number.NaN),
    weights: shape.weight === undefined ? undefined : weights[metric],
    marks,
  })
}

/** Several slices as one: sums add up, rates and means by their weights. */
function addUp(slices: readonly ScanSlice[], { table, metric, shape }: TableMeasure): ScanSlice {
  const empty = () => new Float64Array(table.periods.length).fill(Number.NaN)
  const [rows, total, weight] = [empty(), empty(), empty()]
  const add = (sums: Float64Array, at: number, value: number | undefined) => {
    if (value !== undefined && Number.isFinite(value)) sums[at] = (Number.isNaN(sums[at]!) ? 0 : sums[at]!) + value
  }
  for (const one of slices)
    for (let at = 0; at < rows.length; at++) {
      const own = shape.weight === undefined ? 1 : one.weights[metric]?.[at]
      add(rows, at, one.rows[at])
      add(weight, at, own)
      add(total, at, (one.values[metric]?.[at] ?? Number.NaN) * (own ?? Number.NaN))
    }
  const values = shape.weight === undefined ? total : total.map((value, at) => value / weight[at]!)
  return { slice: [], rows, values: { [metric]: values }, weights: { [metric]: weight } }
}

/** Periods that are compared with those before: four weeks against twelve. */
const recentOf = { day: 28, week: 4 } as const
const earlierSpans = 3

export interface Split {
  readonly leaves: Leaves
  /** Place of the first recent period. */
  readonly from: number
}

/**
 * The slices of a scan as leaves: the last four weeks against the twelve before, numerators and denominators of a rate or mean. Every slice
 * counts, however small. A text says why there are none.
 */
export function buildLeaves({ table, metric, marks }: TableMeasure): Split | string {
  const { periods, scan, slices } = table
  const recent = scan.grain === 'day' ? recentOf.day : recentOf.week
  const from = periods.length - recent
  const start = from - earlierSpans * recent
  if (start < 0) return `has ${periods.length} periods; ${(earlierSpans + 1) * recent} are compared`
  const add = (begin: number, end: number, read: (at: number) => number) => {
    let total = 0
    for (let at = begin; at < end; at++) if (marks.excluded[at] !== 1 && Number.isFinite(read(at))) total += read(at)
    return total
  }
  const weightAt = (slice: ScanSlice) => (at: number) => slice.weights[metric]?.[at] ?? 0
  const totalAt = (slice: ScanSlice) => (at: number) => (slice.values[metric]?.[at] ?? Number.NaN) * weightAt(slice)(at)
  const collect = (read: (slice: ScanSlice) => number) => Float64Array.from(slices, read)
  const labels = scan.dimensions.map((_, field) => [...new Set(slices.map(({ slice }) => labelMember(slice[field]!)))])
  return {
    from,
    leaves: {
      fields: scan.dimensions,
      labels,
      codes: labels.map((names, field) =>
        Int32Array.from(slices, ({ slice }) => names.indexOf(labelMember(slice[field]!))),
      ),
      actual: collect((slice) => add(from, periods.length, totalAt(slice))),
      expected: collect((slice) => add(start, from, totalAt(slice))),
      weight: {
        actual: collect((slice) => add(from, periods.length, weightAt(slice))),
        expected: collect((slice) => add(start, from, weightAt(slice))),
      },
    },
  }
}
