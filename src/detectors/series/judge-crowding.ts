import type { Tested, Verdict } from '../detector.ts'
import type { Breakdown } from '../shapes.ts'
import { halfWidth } from './draw-band.ts'
import { type Crowding, scanShare } from './scan-share.ts'

/** Rows that a slice needs, below which any two of them make a stretch. */
const rowsMin = 12

interface Told {
  readonly slice: number
  readonly crowding: Crowding
  /** Rows of the slice inside the stretch and in all, and of everything inside. */
  readonly inside: number
  readonly rows: number
  readonly allInside: number
}

const sum = (values: Float64Array, from = 0, to = values.length): number =>
  values.subarray(from, to).reduce((total, x) => total + (Number.isFinite(x) ? x : 0), 0)

/**
 * `divergence` of counts whose rows are independent of each other: of the `chosen` slices the one whose rows are most crowded into a stretch
 * of time, or missing from one, next to all other rows (`scanShare`). The p-value is corrected for the slices.
 */
export function judgeCrowding(
  { slices }: Breakdown,
  chosen: readonly number[],
  periodsMin: number,
): Verdict<'breakdown'> {
  const { length } = slices[0]!.series.values
  if (slices[0]!.series.kind !== 'count')
    return { status: 'untestable', reason: 'rows can only be taken as independent where they are counted' }
  if (length < periodsMin)
    return { status: 'untestable', reason: `has ${length} points; divergence needs ${periodsMin}` }
  const all = new Float64Array(length)
  for (const { series } of slices)
    for (let at = 0; at < length; at++) if (Number.isFinite(series.values[at])) all[at] = all[at]! + series.values[at]!
  const told = chosen
    .filter((k) => sum(slices[k]!.series.values) >= rowsMin && sum(slices[k]!.series.values) < sum(all))
    .map((slice): Told => {
      const own = slices[slice]!.series.values.map((x) => (Number.isFinite(x) ? x : 0))
      const crowding = scanShare(own, all)
      const { from, to } = crowding
      return { slice, crowding, inside: sum(own, from, to), rows: sum(own), allInside: sum(all, from, to) }
    })
  if (told.length === 0)
    return { status: 'untestable', reason: `no slice has ${rowsMin} rows and less than all of them` }
  const worst = told.reduce((most, one) => (one.crowding.pValue < most.crowding.pValue ? one : most))
  return describe(worst, slices[worst.slice]!, sum(all), told.length)
}

function describe(
  { crowding, inside, rows, allInside }: Told,
  { label, series }: Breakdown['slices'][number],
  allRows: number,
  tested: number,
): Tested {
  const { from, to, statistic, dispersion } = crowding
  const length = to - from
  const observed = inside / length
  const expected = (crowding.outside * allInside) / length
  const ratio = crowding.inside / crowding.outside
  // of the logarithm of a ratio of shares, with the dispersion that the shares outside have
  const error = Math.sqrt(dispersion * (1 / Math.max(1, inside) + 1 / Math.max(1, rows - inside)))
  const direction = statistic >= 0 ? 'up' : 'down'
  return {
    status: 'tested',
    pValue: Math.max(1e-300, -Math.expm1(tested * Math.log1p(-Math.min(crowding.pValue, 1 - 1e-16)))),
    direction,
    observed,
    expected,
    low: expected * Math.exp(-halfWidth * error),
    high: expected * Math.exp(halfWidth * error),
    change: ratio - 1,
    effect: {
      measure: 'ratio of shares',
      value: ratio,
      low: ratio * Math.exp(-halfWidth * error),
      high: ratio * Math.exp(halfWidth * error),
    },
    sentence: {
      verb:
        direction === 'up' ? 'were a larger part of all than otherwise' : 'were a smaller part of all than otherwise',
      subject: label,
      comparedWith: 'what part of all they are otherwise',
    },
    details: {
      from,
      to,
      since: series.at[from] ?? '',
      statistic,
      share_inside: crowding.inside,
      share_outside: crowding.outside,
      dispersion,
      share_moved: Math.abs(inside - crowding.outside * allInside) / allRows,
      slices_tested: tested,
    },
  }
}
