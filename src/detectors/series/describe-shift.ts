import type { Verdict } from '../detector.ts'
import type { Series } from '../shapes.ts'
import { average } from './average.ts'
import { straightTrend } from './baseline.ts'
import { drawBand } from './draw-band.ts'
import { fitBaseline } from './fit-baseline.ts'
import type { Shift } from './scan-shifts.ts'
import { type ChangeSearch, toBend, toStep } from './search-changes.ts'
import { tellChange } from './tell-effect.ts'
import { turnRecent } from './turn-recent.ts'

/** Shifts that may be told instead of a more surprising but older one. */
const important = 1e-4

/** The most recent of the important shifts, or the strongest. */
function chooseShift({ shifts, strongest }: ChangeSearch): Shift | undefined {
  const told = shifts.filter(({ pValue }) => pValue <= important)
  return (
    told.reduce<Shift | undefined>(
      (last, one) => (last === undefined || one.from > last.from ? one : last),
      undefined,
    ) ?? strongest
  )
}

/** The verdict on a search: which shift, from when to when, what was expected without it. */
export function describeShift(series: Series, search: ChangeSearch): Verdict {
  const chosen = chooseShift(search)
  const { sample, noise, shifts, strongest } = search
  if (!chosen || !strongest)
    return { status: 'untestable', reason: 'no place in the series can be compared with the others' }
  const beside = [...search.bends.map(toBend), ...shifts.filter((one) => one !== chosen).map(toStep)]
  const turned = turnRecent(search, chosen, beside)
  const shift = turned ?? chosen
  const others = turned ? [...beside, toStep({ ...chosen, to: sample.count })] : beside
  const baseline = fitBaseline(sample, [straightTrend, ...others, toStep(shift)], {
    start: search.baseline,
    // as it was searched for
    ...(others.length === 0 && { growth: sample.growth }),
  })
  const column = baseline.width - 1
  const change = baseline.coefficients[column]!
  const band = drawBand(series, sample, baseline, noise, column)
  const from = sample.place[shift.from]!
  const to = shift.to >= sample.count ? series.values.length : sample.place[shift.to]!
  const { observed, expected, low, high } = average(series, band, from, to, shift.error, sample.link)
  return {
    status: 'tested',
    pValue: Math.max(shift.pValue, strongest.pValue),
    direction: shift.change > 0 ? 'up' : 'down',
    observed,
    expected,
    low,
    high,
    change: expected === 0 ? Number.NaN : observed / expected - 1,
    effect: tellChange(sample.link, change, shift.error, 'to what was expected'),
    sentence: { verb: shift.change > 0 ? 'rose' : 'fell', comparedWith: 'its season, growth and level before' },
    from,
    to,
    band,
    details: {
      statistic: shift.statistic,
      change_on_link_scale: change,
      shifts_found: shifts.length,
      bends_found: search.bends.length,
      season: sample.season,
      memory: noise.memory,
      degrees_of_freedom: noise.freedom,
      independent_looks: shift.looks,
      scale: sample.link,
    },
  }
}
