import { z } from 'zod'
import { inflateVariance, measureMannKendall } from '../stats/mann-kendall.ts'
import { studentT } from '../stats/student-t.ts'
import { measureTheilSen } from '../stats/theil-sen.ts'
import { type Band, defineDetector, type Verdict } from './detector.ts'
import { findAnalysis } from './series/analyse-changes.ts'
import { average, compareEnds } from './series/average.ts'
import { type Baseline, straightTrend } from './series/baseline.ts'
import { cutSeries } from './series/cut-series.ts'
import { drawBand } from './series/draw-band.ts'
import { fitBaseline } from './series/fit-baseline.ts'
import { judgeCurve } from './series/judge-curve.ts'
import { findObstacle } from './series/judge-testable.ts'
import { measureNoise, type Noise } from './series/noise.ts'
import { type Sample, takeSample } from './series/sample.ts'
import { seasonOption } from './series/season-option.ts'
import { takeSeasonOut } from './series/take-season-out.ts'
import { tellChange } from './series/tell-effect.ts'
import { testDirection } from './series/test-direction.ts'
import { testIncrements } from './series/test-increments.ts'
import type { Series } from './shapes.ts'

const minimum = 20
/** Part of the chance of a false alarm that the reading by slope and ranks may spend; that by steps has the rest. */
const shareOfLine = 0.8

const options = z.object({
  season: seasonOption,
  window: z.int().min(10).max(2000).default(182).describe('How many of the last points are looked at.'),
  curved: z
    .boolean()
    .default(false)
    .describe(
      'Whether the rise may bend: memory is then measured around the best rising (or falling) curve, not around a line.',
    ),
})
type Options = z.infer<typeof options>

function detect(whole: Series, { season, window, curved }: Options): Verdict {
  const start = Math.max(0, whole.values.length - window)
  const series = cutSeries(whole, start)
  const { sample, plain, plainNoise } = fitPlain(series, season)
  const obstacle = findObstacle('trend', sample, minimum)
  if (obstacle || !plain) return { status: 'untestable', reason: obstacle ?? 'all values are equal' }
  const { count, place } = sample
  const column = sample.season
  const sloped = plain
  const noise = plainNoise ?? measureNoise(sloped)
  const line = sloped.columns
  const flat = fitBaseline(sample, [], { start: sloped, dispersion: sloped.dispersion })
  const { statistic } = testDirection(flat, noise, line)
  const byModel = 2 * studentT.upperTail(Math.abs(statistic), noise.freedom)
  const level = takeSeasonOut(sample, flat)
  const order = measureMannKendall(level)
  const memory = Math.max(0, noise.memory)
  const ranks = (6 / Math.PI) * Math.asin(memory / 2)
  const score = order.statistic / Math.sqrt(order.variance * inflateVariance(count, ranks))
  const byRanks = 2 * studentT.upperTail(Math.abs(score), noise.freedom)
  const isAgreed = Math.sign(score) === Math.sign(statistic)
  const bySteps = testIncrements(level, sample.season, sample.link)
  const byLine = isAgreed ? Math.max(byModel, byRanks) : 1
  // two readings of one series share the chance of a false alarm
  const byBoth = Math.min(1, byLine / shareOfLine, bySteps / (1 - shareOfLine))
  const pValue = curved ? judgeCurve(level) : byBoth
  const rise = sloped.coefficients[column]!
  const error = statistic === 0 ? Math.abs(rise) : Math.abs(rise / statistic)
  const slope = measureTheilSen(place, level, sample.season)
  const unmoved = { ...sloped, coefficients: sloped.coefficients.slice() }
  unmoved.coefficients[column] = 0
  for (let k = 0; k < sample.season; k++)
    unmoved.coefficients[k] = unmoved.coefficients[k]! - 0.5 * sloped.coefficients[column]!
  const short = drawBand(series, sample, unmoved, noise, sloped.width)
  const band = padBand(short, start, whole.values.length)
  const tail = Math.max(sample.season, Math.ceil(count / 8))
  const ends = [whole.values.length - tail, whole.values.length] as const
  const known = noise.spread / Math.sqrt(tail)
  const { observed, expected, low, high } = curved
    ? compareEnds(whole, band, [start, start + tail], ends, known, sample.link)
    : average(whole, band, ...ends, known, sample.link)
  return {
    status: 'tested',
    pValue: Math.max(1e-300, pValue),
    direction: rise >= 0 ? 'up' : 'down',
    observed,
    expected,
    low,
    high,
    change: expected === 0 ? Number.NaN : observed / expected - 1,
    effect: tellChange(sample.link, rise, error, 'of the end to the beginning'),
    sentence: { verb: rise >= 0 ? 'kept rising' : 'kept falling', comparedWith: 'how it scatters around its season' },
    from: start,
    to: whole.values.length,
    band,
    details: {
      statistic,
      mann_kendall: score,
      slope_per_point: slope,
      memory: noise.memory,
      season: sample.season,
      scale: sample.link,
      degrees_of_freedom: noise.freedom,
    },
  }
}

interface Plain {
  readonly sample: Sample
  readonly plain?: Baseline
  readonly plainNoise?: Noise
}

/** Season and straight trend: those of the other detectors' analysis where the window is the whole series. */
function fitPlain(series: Series, season: number): Plain {
  const analysis = findAnalysis(series, season)
  if (analysis) return analysis
  const sample = takeSample(series, season)
  const isFlat = sample.count < minimum || sample.value.every((x) => x === sample.value[0])
  return isFlat ? { sample } : { sample, plain: fitBaseline(sample, [straightTrend]) }
}

/** A band over the whole series from one of its last points; NaN before. */
function padBand(band: Band, start: number, length: number): Band {
  if (start === 0) return band
  const pad = (values: Float64Array) => {
    const padded = new Float64Array(length).fill(Number.NaN)
    padded.set(values, start)
    return padded
  }
  return { expected: pad(band.expected), low: pad(band.low), high: pad(band.high) }
}

/** Does the series rise or fall? */
export const trend = defineDetector({
  name: 'trend',
  shape: 'series',
  question: 'Did the level rise or fall steadily over the window?',
  method:
    "The slope of a robust fit that knows season, rows behind each value and day-to-day memory, and the Mann–Kendall statistic of the values without their season, its variance corrected for memory (Hamed and Rao 1998): both must say so. A level with nearly no noise, whose curve looks like memory to those two, is judged by its steps from season to season, too; the surer of the two readings counts, paid for with four and one fifths of the chance of a false alarm. A rise along any curve (`curved`) is judged by Mann and Kendall's statistic alone, its memory measured around the nearest monotone curve. The slope told is Theil and Sen's. Steady growth is normal for a company: a trend is context, not news.",
  assumes: ['Growth is straight on the scale of the noise: a steady percentage for counts and amounts.'],
  misleads: [
    'Growth is the rule in a growing company: a trend is context, hardly ever news.',
    'A single step in the middle of the window looks like a trend: look at `level_shift`.',
  ],
  minimum,
  options,
  detect,
})
