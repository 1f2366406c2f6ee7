import { z } from 'zod'
import { negativeBinomial } from '../stats/negative-binomial.ts'
import { allocate } from '../stats/scratch.ts'
import { defineDetector, type Verdict } from './detector.ts'
import { type Analysis, analyseChanges } from './series/analyse-changes.ts'
import { average } from './series/average.ts'
import { drawAround, drawPlain, type Surroundings } from './series/draw-around.ts'
import { type JudgedRun, judgeRuns } from './series/judge-runs.ts'
import { findObstacle } from './series/judge-testable.ts'
import { countFilled, type Sample } from './series/sample.ts'
import { seasonOption } from './series/season-option.ts'
import type { Series } from './shapes.ts'

const minimum = 28
/** Values other than 0 before the last points. */
const filledMin = 5

const options = z.object({
  season: seasonOption,
  recent: z
    .int()
    .min(1)
    .max(400)
    .default(28)
    .describe('A run counts when it reaches into so many of the last points (at most a third of all).'),
})
type Options = z.infer<typeof options>

/** Which points are empty: sums, counts and shares can be, means cannot. */
function markEmpty({ value, link, thins }: Sample, kind: Series['kind']): Uint8Array {
  const canBeEmpty = (kind === 'ratio' && link === 'logit') || (kind !== 'mean' && thins === 'by mean')
  const empty = new Uint8Array(value.length)
  if (canBeEmpty) for (let at = 0; at < value.length; at++) if (value[at] === 0) empty[at] = 1
  return empty
}

/** Which points repeat the value before, other than empty ones. */
function markRepeated({ value }: Sample, empty: Uint8Array): Uint8Array {
  const repeated = new Uint8Array(value.length)
  for (let at = 1; at < value.length; at++) if (value[at] === value[at - 1] && empty[at] === 0) repeated[at] = 1
  return repeated
}

/** Chance of a share of 0 by the rows behind each point alone: (1 − p)^rows. 0 for what is no share. */
function measureChanceByRows(sample: Sample, history: number): Float64Array {
  if (sample.link !== 'logit') return allocate(sample.count)
  let [successes, rows] = [0.5, 1]
  for (let at = 0; at < history; at++) {
    successes += sample.value[at]! * sample.weight[at]!
    rows += sample.weight[at]!
  }
  return sample.weight.map((weight) => (1 - successes / rows) ** weight)
}

/** Chance of a count or sum of 0 by the rate that season and growth let expect, in events of the size that the noise has. */
function measureChanceByRate({ count, link, thins, place }: Sample, { band, dispersion }: Surroundings): Float64Array {
  const chance = allocate(count)
  if (link !== 'log' || thins !== 'by mean' || !dispersion) return chance
  return chance.map((_, at) =>
    negativeBinomial.mass(0, band.expected[place[at]!]! / Math.max(dispersion.thinning, 1e-9), dispersion.floor),
  )
}

interface Told extends JudgedRun {
  readonly kind: 'empty' | 'unchanged'
  /** First and last affected place of the sample; a value that repeats the one before makes a run of two. */
  readonly first: number
  readonly last: number
  readonly around: Surroundings
}

type Fitted = Extract<Analysis, { status: 'fitted' }>

/** P-values from which on a fit without the run is not worth its time. */
const refinedMax = 0.1

/** The less likely of the longest run of empty points and that of unchanged ones; undefined where there is neither. */
function chooseRun(series: Series, season: number, search: Fitted, start: number): Told | undefined {
  const { sample } = search
  const { place, count } = sample
  const empty = markEmpty(sample, series.kind)
  const byRows = measureChanceByRows(sample, start)
  const judgeEmpty = judgeRuns(sample, empty, start)
  const unchanged = judgeRuns(sample, markRepeated(sample, empty), start)(allocate(count))
  const draw = (pValue: number, from: number, to: number): Surroundings =>
    pValue > refinedMax
      ? drawPlain(series, sample, search.plain, search.plainNoise, to - from)
      : drawAround(series, season, from, to)
  const tell = (judged: JudgedRun, kind: Told['kind'], known?: Surroundings): Told => {
    const first = judged.run.from - (kind === 'unchanged' ? 1 : 0)
    const last = judged.run.to - 1
    return {
      ...judged,
      kind,
      first,
      last,
      around: known ?? draw(judged.run.pValue, place[first]!, place[last]! + 1),
    }
  }
  const none = judgeEmpty(byRows)
  if (!none) return unchanged && tell(unchanged, 'unchanged')
  if (unchanged && unchanged.run.pValue < none.run.pValue) return tell(unchanged, 'unchanged')
  const told = tell(none, 'empty')
  if (none.run.pValue > refinedMax) return told
  const byRate = measureChanceByRate(sample, told.around)
  const again = judgeEmpty(byRate.map((chance, at) => Math.max(chance, byRows[at]!))) ?? none
  return unchanged && unchanged.run.pValue < again.run.pValue
    ? tell(unchanged, 'unchanged')
    : tell(again, 'empty', told.around)
}

/** 97.5% upper limit of a share of which none was seen in `count` (Clopper and Pearson 1934). */
const limitOfNone = (count: number): number => 1 - 0.025 ** (1 / count)

const words = {
  empty: {
    measure: 'share of periods with any',
    sentence: { verb: 'had nothing at all', comparedWith: 'how often it is empty' },
  },
  unchanged: {
    measure: 'share of periods that differ from the one before',
    sentence: { verb: 'stayed at one and the same value', comparedWith: 'how often its value repeats' },
  },
} as const

function detect(series: Series, { season, recent }: Options): Verdict {
  const search = analyseChanges(series, season)
  const { sample } = search
  const obstacle = findObstacle('drought', sample, minimum)
  if (obstacle || search.status === 'untestable')
    return { status: 'untestable', reason: obstacle ?? 'all values are equal' }
  const { count, value, place } = sample
  const start = count - Math.min(recent, Math.floor(count / 3))
  const filled = countFilled(value.subarray(0, start))
  if (filled < filledMin)
    return { status: 'untestable', reason: `only ${filled} of the ${start} values before the last ones are not 0` }
  const told = chooseRun(series, season, search, start)
  const from = place[told?.first ?? count - 1]!
  const to = place[told?.last ?? count - 1]! + 1
  const { band, error } = told?.around ?? drawPlain(series, sample, search.plain, search.plainNoise, 1)
  const { observed, expected, low, high } = average(series, band, from, to, error, sample.link)
  const { measure, sentence } = words[told?.kind ?? 'empty']
  return {
    status: 'tested',
    pValue: told ? Math.min(1, 2 * told.run.pValue) : 1,
    direction: observed >= expected && observed > 0 ? 'up' : 'down',
    observed,
    expected,
    low,
    high,
    change: expected === 0 ? Number.NaN : observed / expected - 1,
    effect: told
      ? { measure, value: 0, low: 0, high: limitOfNone(told.run.to - told.run.from) }
      : { measure, value: 1, low: 1 - limitOfNone(count - start), high: 1 },
    sentence,
    from,
    to,
    band,
    details: {
      run: told?.kind ?? 'none',
      length: told ? told.last - told.first + 1 : 0,
      ...(told && {
        p_of_run: told.run.chance,
        usual_share: told.law.happened / told.law.seen,
        periods_learnt_from: told.law.seen,
      }),
      season: sample.season,
    },
  }
}

/** Did nothing arrive, or did nothing change, for longer than it ever takes? */
export const drought = defineDetector({
  name: 'drought',
  shape: 'series',
  question: 'Was there nothing, or one and the same value, for longer than chance explains?',
  method:
    'Empty periods, and values that repeat the one before, have a usual chance at each place of the season (beta-binomial, drawn towards the common one) and a stickiness, both learnt from the periods before the last ones. The chance of a run is that of going on so long, averaged over what the history leaves possible (a Pólya urn), paid for every place where one could have begun and for the two kinds of run. Shares count the rows behind them; counts and sums are never rarer empty than their rate makes them; a history that was emptier lately is believed over its average.',
  assumes: [
    'What was empty in the past was empty for the usual reasons: an outage in the history makes the next one look usual.',
    'A period without any row is 0 in the series, not missing.',
  ],
  misleads: [
    'A feed that stopped and a business that stopped look alike: look at `arrival`.',
    'Values that are rounded from some day on repeat more often since.',
  ],
  minimum,
  options,
  detect,
})
