import { z } from 'zod'
import { allocate } from '../stats/scratch.ts'
import { defineDetector, type Verdict } from './detector.ts'
import { analyseChanges } from './series/analyse-changes.ts'
import { compareSpread, type SpreadChange, takeOutSeason } from './series/compare-spread.ts'
import { drawBand, halfWidth } from './series/draw-band.ts'
import { findObstacle } from './series/judge-testable.ts'
import { countFilled } from './series/sample.ts'
import type { ChangeSearch } from './series/search-changes.ts'
import { seasonOption } from './series/season-option.ts'
import type { Series } from './shapes.ts'

const minimum = 42
/** Fewest events that a point must be expected to have: with fewer, spread and rate are the same thing. */
const eventsMin = 1.5
/** Points of the shortest stretch that is compared with all before; each further one is twice as long. */
const recentMin = 14

const options = z.object({
  season: seasonOption,
})
type Options = z.infer<typeof options>

/** A size counts at most so many standard deviations: a lone outlier is no spread. */
const sizeMax = 3

/** How far each point is from what season, trend, shifts and the point before let expect, in its own standard deviations. */
function measureSizes({ baseline: { residual }, noise }: ChangeSearch): Float64Array {
  const memory = Math.max(0, noise.memory)
  const first = Math.sqrt(1 - memory * memory)
  const sizes = allocate(residual.length)
  for (let at = 0; at < sizes.length; at++) {
    const own = at === 0 ? residual[at]! * first : residual[at]! - memory * residual[at - 1]!
    sizes[at] = Math.min(sizeMax, Math.abs(own) / noise.spread)
  }
  return sizes
}

/** Places of the sample that can tell spread from rate: those where enough events are expected. */
function chooseInformed({ sample, baseline: { mean } }: ChangeSearch): Int32Array {
  const { count, link, thins, eventSize, weight } = sample
  const isAlways = link === 'identity' || eventSize === 0
  const informed = new Int32Array(count)
  let size = 0
  for (let at = 0; at < count; at++) {
    const level = mean[at]!
    const events = thins === 'by mean' ? level / eventSize : weight[at]! * Math.min(level, 1 - level)
    if (isAlways || events >= eventsMin) informed[size++] = at
  }
  return informed.subarray(0, size)
}

/** Empty points are outages where the others let expect at most this share of them. */
const naturalMax = 0.1
/** Amounts do not say how many events they are: there an empty point is an outage where 0 is so many deviations from the values that are not 0. */
const outageMin = 2.5

/** How many of the informed points would be empty by chance: counts that vary around the mean as the points that are not empty do, which are `level` times it. */
function countNatural({ sample, baseline }: ChangeSearch, informed: Int32Array, filled: Int32Array, level: number) {
  const eventsAt = (at: number) => (baseline.mean[at]! * level) / sample.eventSize
  const varyAt = (at: number) => (sample.value[at]! / (baseline.mean[at]! * level) - 1) ** 2 - 1 / eventsAt(at)
  // negative binomial, by moments: what the mean itself varies by, beyond counting
  const size = Math.max(1e-6, filled.reduce((sum, at) => sum + varyAt(at), 0) / filled.length)
  return informed.reduce((sum, at) => sum + Math.exp(-Math.log1p(size * eventsAt(at)) / size), 0)
}

/** Whether the empty points are of another kind than those that are not: noise alone would not make so many. */
function areOutages(search: ChangeSearch, informed: Int32Array, filled: Int32Array): boolean {
  const { value, isWhole } = search.sample
  const ratios = Float64Array.from(filled, (at) => value[at]! / search.baseline.mean[at]!)
  const level = ratios.reduce((sum, x) => sum + x, 0) / ratios.length
  if (isWhole) return countNatural(search, informed, filled, level) <= naturalMax * (informed.length - filled.length)
  return level > outageMin * Math.sqrt(ratios.reduce((sum, x) => sum + (x - level) ** 2, 0) / ratios.length)
}

/** The series without its outages, which say nothing about the scatter of the others (see `drought`); itself where it has none. */
function leaveOutages(series: Series, search: ChangeSearch, informed: Int32Array): Series {
  const { value, place, thins } = search.sample
  if (thins !== 'by mean' || countFilled(value) === value.length) return series
  const empty = informed.filter((at) => value[at] === 0)
  if (empty.length === 0) return series
  const filled = informed.filter((at) => value[at] !== 0)
  if (!areOutages(search, informed, filled)) return series
  const excluded = series.excluded?.slice() ?? new Uint8Array(series.values.length)
  for (const at of empty) excluded[place[at]!] = 1
  return { ...series, excluded }
}

/** The stretch whose spread differs most from that before, paid for all stretches that were tried. */
function findChange(sizes: Float64Array, season: number): { readonly change: SpreadChange; readonly looks: number } {
  const count = sizes.length
  const scratch = allocate(count)
  let [best, looks] = [compareSpread(sizes, count - recentMin, season, scratch), 1]
  for (let length = 2 * recentMin; length <= count / 2; length *= 2) {
    const change = compareSpread(sizes, count - length, season, scratch)
    looks++
    if (change.pValue < best.pValue) best = change
  }
  return { change: best, looks }
}

function detect(whole: Series, { season }: Options): Verdict {
  const first = analyseChanges(whole, season)
  const obstacle = findObstacle('volatility', first.sample, minimum)
  if (obstacle || first.status === 'untestable')
    return { status: 'untestable', reason: obstacle ?? 'all values are equal' }
  const series = leaveOutages(whole, first, chooseInformed(first))
  const search = analyseChanges(series, season)
  if (search.status === 'untestable') return { status: 'untestable', reason: 'all values but 0 are equal' }
  const { sample, baseline, noise } = search
  const informed = chooseInformed(search)
  if (informed.length < minimum)
    return {
      status: 'untestable',
      reason: `only ${informed.length} points let expect ${eventsMin} events or more; volatility needs ${minimum}`,
    }
  const all = measureSizes(search)
  const sizes = allocate(informed.length)
  const phase = new Int32Array(informed.length)
  for (let k = 0; k < informed.length; k++) {
    sizes[k] = all[informed[k]!]!
    phase[k] = sample.phase[informed[k]!]!
  }
  const { change, looks } = findChange(takeOutSeason(sizes, phase, sample.season), sample.season)
  const { ratio, error } = change
  const [from, to] = [sample.place[informed[change.from]!]!, series.values.length]
  const compared = informed.length - change.from
  let [observed, level] = [0, 0]
  for (let k = change.from; k < informed.length; k++) {
    const mean = baseline.mean[informed[k]!]!
    observed += (sizes[k]! * baseline.deviation[informed[k]!]! * noise.spread) / compared
    level += (sample.link === 'logit' ? Math.min(mean, 1 - mean) : mean) / compared
  }
  const expected = observed / ratio
  const by = Math.exp(halfWidth * error)
  return {
    status: 'tested',
    pValue: -Math.expm1(looks * Math.log1p(-Math.min(change.pValue, 1 - 1e-16))) || 1e-300,
    direction: ratio >= 1 ? 'up' : 'down',
    observed,
    expected,
    low: expected / by,
    high: expected * by,
    change: ratio - 1,
    effect: { measure: 'ratio of mean absolute deviations', value: ratio, low: ratio / by, high: ratio * by },
    sentence: {
      verb: ratio >= 1 ? 'varied more' : 'varied less',
      comparedWith: 'how far it was from its season, growth and level before',
    },
    from,
    to,
    band: drawBand(series, sample, baseline, noise, baseline.width),
    details: {
      statistic: change.statistic,
      points_compared: compared,
      level,
      stretches_tried: looks,
      inflation_by_bursts: change.inflation,
      season: sample.season,
      memory: noise.memory,
      scale: sample.link,
    },
  }
}

/** Did the series become noisier, or calmer? */
export const volatility = defineDetector({
  name: 'volatility',
  shape: 'series',
  question: 'Do the values scatter more, or less, than before?',
  method:
    'What is left of each point when season, trend, shifts and the memory of the day before are taken out, in its own standard deviations: a count may scatter more where it is larger. The mean size of that over the last 14, 28, 56, … points (up to half of all) against all before, by the test of Brown and Forsythe (1974), the season of sizes, their skewness and their own memory taken out; Student t tails. The p-value is paid for all stretches tried (Šidák).',
  assumes: [
    'Season, trend and shifts are found and taken out; what they leave scatters evenly but for its size at each place of the season.',
    'Bursts that come and go within two weeks, as they have before, are no change.',
    'Empty points that the scatter of the others does not explain are outages, and left out.',
  ],
  misleads: [
    'One enormous point makes two weeks look wild: look at `outlier`.',
    'A season that changes its shape leaves deviations: look at `season_change`.',
    'Amounts whose typical size grows scatter more without any change of behaviour.',
  ],
  minimum,
  options,
  detect,
})
