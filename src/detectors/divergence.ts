import { z } from 'zod'
import { defineDetector, type Verdict } from './detector.ts'
import { analyseChanges } from './series/analyse-changes.ts'
import { averageOwn, divideBy, expectBeside } from './series/compare-own.ts'
import { contrastSlice } from './series/contrast-slice.ts'
import { describeShift } from './series/describe-shift.ts'
import { halfWidth } from './series/draw-band.ts'
import { judgeCrowding } from './series/judge-crowding.ts'
import { findObstacle } from './series/judge-testable.ts'
import type { ChangeSearch } from './series/search-changes.ts'
import { seasonOption } from './series/season-option.ts'
import type { Breakdown, Series } from './shapes.ts'

const minimum = 28
/** Accounts behind a slice, below which what one of them does is not what the slice does. */
const unitsMin = 5
/** The largest so many slices are looked at. */
const slicesMax = 60

const options = z.object({
  season: seasonOption,
  subject: z.string().default('').describe('The slice that is judged; the one that left the others most where empty.'),
  without: z
    .string()
    .default('')
    .describe('Slices that are left out, `, ` between them: known to have left the others.'),
  alike: z
    .boolean()
    .default(false)
    .describe(
      'Whether rows are independent of each other: how much shares of counts scatter is then known from how many rows there are.',
    ),
})
type Options = z.infer<typeof options>

/** How a slice left the others: at once, or more and more. */
interface Departure {
  readonly pValue: number
  readonly from: number
  readonly to: number
  /** On average over the time since, on the link scale of the contrast. */
  readonly change: number
  readonly statistic: number
}

interface Parting {
  readonly slice: number
  readonly departure: Departure
  readonly search: ChangeSearch
  readonly unit: number
}

/** Rows or sum in a slice: the largest are looked at first. */
function measureSize({ kind, values, weights }: Series): number {
  const sizes = kind === 'count' || kind === 'amount' ? values : (weights ?? values)
  return sizes.reduce((sum, x) => sum + (Number.isFinite(x) ? Math.abs(x) : 0), 0)
}

/** Successes, and failures, a period that a slice of a ratio needs: of fewer, each is many standard deviations. */
const outcomesMin = 2

function hasEnough({ kind, values, weights }: Series): boolean {
  if (kind !== 'ratio' || !weights) return true
  const count = (shareOf: (rate: number) => number) =>
    values.reduce((sum, x, at) => sum + (Number.isFinite(x) ? shareOf(x) * weights[at]! : 0), 0)
  const [successes, tries] = [count((rate) => rate), count(() => 1)]
  // a ratio of other counts (sessions a user) has no failures
  const rarer = successes <= tries ? Math.min(successes, tries - successes) : successes
  return rarer >= outcomesMin * values.length
}

function listSlices({ slices, units }: Breakdown): readonly number[] {
  return slices
    .map((_, k) => k)
    .filter((k) => (units?.[k] ?? unitsMin) >= unitsMin && hasEnough(slices[k]!.series))
    .sort((a, b) => measureSize(slices[b]!.series) - measureSize(slices[a]!.series))
    .slice(0, slicesMax)
}

function partSlice(breakdown: Breakdown, slice: number, season: number): Parting | string {
  const { series, unit } = contrastSlice(breakdown, slice)
  const search = analyseChanges(series, season)
  const obstacle = findObstacle('divergence', search.sample, minimum)
  if (obstacle || search.status === 'untestable') return obstacle ?? 'not enough points'
  const verdict = describeShift(series, search)
  if (verdict.status !== 'tested') return verdict.reason
  const { pValue, from, to, details } = verdict
  const step = { pValue, from, to, change: Number(details.change_on_link_scale), statistic: Number(details.statistic) }
  // the difference of two means or rates has a scatter of its own in each period, which passes for a bend
  const slope = isShare(breakdown, slice) ? leaveSlowly(search, series.values.length) : undefined
  return { slice, departure: slope && slope.pValue < step.pValue ? slope : step, search, unit }
}

const isShare = ({ slices }: Breakdown, slice: number): boolean =>
  ['count', 'amount'].includes(slices[slice]!.series.kind)

/** The search looks for a step, and for a bend where that explains a step better: either may be chance. */
const looks = 2

/** The surest bend that explains better what looked like a step. */
function leaveSlowly({ bends, sample }: ChangeSearch, length: number): Departure | undefined {
  const [bend] = bends.toSorted((a, b) => a.pValue - b.pValue)
  if (!bend) return undefined
  const from = sample.place[bend.from]!
  const atEnd = (length - from) / (sample.place.at(-1)! - sample.place[0]!)
  return {
    pValue: Math.min(1, looks * bend.pValue),
    from,
    to: length,
    change: (bend.change * atEnd) / 2,
    statistic: bend.change / bend.error,
  }
}

const statisticOf = ({ departure }: Parting): number => Math.abs(departure.statistic)

/** Periods before a departure that say what a slice itself did, as where movements are measured. */
const daysBefore = 56
const periodsBefore = 8

/** Of logarithms of p-values: what has less than this part of the surest one's is less sure. */
const asSure = 0.5

/**
 * Who left the others: the surest, or one that is hardly less sure and moved more against its own past at that time. One that loses all of its rows
 * makes each of the others pull ahead of what is left beside it, and a large one surer than a small one falls.
 */
function chooseParting({ slices }: Breakdown, partings: readonly Parting[]): Parting {
  const surest = partings.reduce((most, one) =>
    one.departure.pValue < most.departure.pValue ||
    (one.departure.pValue === most.departure.pValue && statisticOf(one) > statisticOf(most))
      ? one
      : most,
  )
  const { from, to, pValue } = surest.departure
  const moved = ({ slice, departure }: Parting) => measureOwn(slices[slice]!.series, departure.from, departure.to)
  const rivals = partings.filter(
    ({ departure: one }) => Math.log(one.pValue) <= asSure * Math.log(pValue) && one.from < to && one.to > from,
  )
  return rivals.reduce((most, one) => (moved(one) > moved(most) ? one : most), surest)
}

/** Logarithm of what a slice did in [from, to) over what it did in the two months before, without its sign: growth makes whole histories differ. */
function measureOwn(series: Series, from: number, to: number): number {
  const { inside, outside } = averageOwn(series, from, to, series.grain === 'day' ? daysBefore : periodsBefore)
  return Math.abs(Math.log(Math.max(inside, 1e-300) / Math.max(outside, 1e-300)))
}

/** Of two slices, what the one does the other does the other way round: the one that moved more against its own past is told. */
function chooseOfTwo({ slices }: Breakdown, parting: Parting): { slice: number; isTurned: boolean } {
  const { from, to } = parting.departure
  const moves = [parting.slice, 1 - parting.slice].map((k) => measureOwn(slices[k]!.series, from, to))
  return moves[1]! > moves[0]!
    ? { slice: 1 - parting.slice, isTurned: true }
    : { slice: parting.slice, isTurned: false }
}

function detect(whole: Breakdown, { season, subject, without, alike }: Options): Verdict<'breakdown'> {
  const gone = new Set(without === '' ? [] : without.split(', '))
  const breakdown = { ...whole, slices: whole.slices.filter(({ label }) => !gone.has(label)) }
  const { slices } = breakdown
  if (slices.length < 2) return { status: 'untestable', reason: `has ${slices.length} slices; divergence needs 2` }
  const asked = listSlices(breakdown)
  const chosen = subject === '' ? asked : asked.filter((k) => slices[k]!.label === subject)
  if (alike) return judgeCrowding(breakdown, chosen, minimum)
  const tried = (slices.length === 2 ? chosen.slice(0, 1) : chosen).map((k) => partSlice(breakdown, k, season))
  const partings = tried.filter((one) => typeof one !== 'string')
  if (partings.length === 0) {
    const reason =
      tried[0] ??
      `no slice has ${unitsMin} accounts behind it and, of a ratio, ${outcomesMin} successes and failures a period`
    return { status: 'untestable', reason: String(reason) }
  }
  const worst = chooseParting(breakdown, partings)
  const { departure, search, unit } = worst
  const { from, to, statistic } = departure
  const { slice, isTurned } =
    slices.length === 2 ? chooseOfTwo(breakdown, worst) : { slice: worst.slice, isTurned: false }
  const change = departure.change * unit * (isTurned ? -1 : 1)
  const error = Math.abs(change / statistic)
  const isOdds = search.sample.link === 'logit'
  const tell = (x: number) => (isOdds ? Math.exp(x) : Math.max(0.01, 1 + x))
  const effect = {
    measure: 'ratio of ratios',
    value: tell(change),
    low: tell(change - halfWidth * error),
    high: tell(change + halfWidth * error),
  }
  const { inside: observed } = averageOwn(slices[slice]!.series, from, to)
  const { expected, low, high } = observed === 0 ? expectBeside(breakdown, slice, from, to) : divideBy(observed, effect)
  const direction = change >= 0 ? 'up' : 'down'
  return {
    status: 'tested',
    pValue: Math.max(1e-300, -Math.expm1(partings.length * Math.log1p(-Math.min(departure.pValue, 1 - 1e-16)))),
    direction,
    observed,
    expected,
    low,
    high,
    change: effect.value - 1,
    effect,
    sentence: {
      verb: direction === 'up' ? 'pulled ahead of the other slices' : 'fell behind the other slices',
      subject: slices[slice]!.label,
      comparedWith: 'what the other slices did in the same time',
    },
    details: {
      from,
      to,
      since: slices[slice]!.series.at[from] ?? '',
      statistic,
      p_of_slice: departure.pValue,
      slices_tested: partings.length,
      slices_left_out: slices.length - (slices.length === 2 ? 2 : partings.length),
      memory: search.noise.memory,
      season: search.sample.season,
    },
  }
}

/** Does one slice go another way than the others? */
export const divergence = defineDetector({
  name: 'divergence',
  shape: 'breakdown',
  question: 'Did one slice leave the others, more than their shares have always moved, and since when?',
  method:
    "Difference in differences, slice against all others, on the scale of the noise: the log-odds of its share of counts and sums, the relative difference of ratios and means. Whatever moves all slices alike (season, growth, a holiday, a price) cancels. The contrast is a series like another, in which `level_shift`'s search finds a new level wherever it began, or from which on a share of counts or sums drifts further and further, with memory (long-run variance), season, straight drift and thin periods taken into account; its p-value is corrected for every onset tried, and for the slices (Šidák). Two slices are one comparison. Where rows are known to be independent of each other (`alike`), the stretch of time is told in which the share of a count is most out of line, by its exact chance times the number of stretches; shares that scatter more than that outside of it weaken it. Slices with fewer than five accounts behind them, where that is known, or of a ratio with fewer than two successes or two failures a period, are not tested. Give it one metric broken down by one field over time: all slices of the field, the small ones as `other`, so that the sum is the whole.",
  assumes: [
    'The slices together are the whole, or all that matters of it.',
    'What moves all slices multiplies them; a slice that always drifted keeps drifting.',
    'Accounts do not wander between slices; where they do, both slices move.',
  ],
  misleads: [
    'When a very large slice moves, the others move against it: the slice told is the one that moved most, and its reason may lie with the rest.',
    'A slow, steady drift of a share is taken as its trend: look at `concentration` or the long view.',
    'A renamed value is two slices that leave the others, one up, one down.',
  ],
  minimum,
  minimumOf: 'periods, and two slices',
  options,
  detect,
})
