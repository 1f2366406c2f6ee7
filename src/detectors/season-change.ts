import { z } from 'zod'
import { type Band, defineDetector, type Verdict } from './detector.ts'
import { type Analysis, analyseChanges } from './series/analyse-changes.ts'
import { drawAround } from './series/draw-around.ts'
import { halfWidth } from './series/draw-band.ts'
import { findObstacle } from './series/judge-testable.ts'
import { namePhase } from './series/name-phase.ts'
import type { Link, Sample } from './series/sample.ts'
import { seasonOption } from './series/season-option.ts'
import { type SeasonContrast, type SilentPhases, testSeason } from './series/test-season.ts'
import { whiten } from './series/whiten.ts'
import type { Series } from './shapes.ts'

const minimum = 24
/** Seasons that either part has at least. */
const seasonsMin = 4
/** Seasons that the recent part may have: each is tried, as long as it is no more than half. */
const stretches = [4, 8, 13, 26, 52] as const
/** Longest season: the work grows with its square. */
const seasonMax = 60

const options = z.object({
  season: seasonOption,
})
type Options = z.infer<typeof options>

/** Why the series has no season that could change, or nothing. */
function findNoSeason({ sample }: Analysis, asked: number): string | undefined {
  const { count, season } = sample
  if (season > seasonMax) return `a season has ${season} points; season_change compares up to ${seasonMax}`
  if (season > 1 && count < 2 * seasonsMin * season)
    return `has ${count} points; season_change needs ${2 * seasonsMin * season} with a season of ${season}`
  if (season > 1) return undefined
  return asked === 1 ? 'has no season' : 'has no season, or too few events to tell one'
}

/** Places of the season whose values are all alike: closed days. */
function findSilent({ value, phase, season }: Sample): SilentPhases {
  const first = new Float64Array(season).fill(Number.NaN)
  const seen = new Float64Array(season)
  const varies = new Uint8Array(season)
  for (let at = 0; at < value.length; at++) {
    const own = phase[at]!
    if (seen[own] === 0) first[own] = value[at]!
    else if (value[at] !== first[own]) varies[own] = 1
    seen[own] = seen[own]! + 1
  }
  const phases = varies.filter((x) => x === 0).length
  return { phases, points: seen.reduce((sum, count, k) => sum + (varies[k] === 0 ? count : 0), 0) }
}

/** The split at which the seasons differ most, paid for all that were tried. */
function findSplit(search: Extract<Analysis, { status: 'fitted' }>): { contrast?: SeasonContrast; looks: number } {
  const { sample, baseline, noise } = search
  const whitened = whiten(baseline, noise)
  const silent = findSilent(sample)
  let looks = 0
  let contrast: SeasonContrast | undefined
  for (const seasons of stretches) {
    const from = sample.count - seasons * sample.season
    if (from < sample.count / 2) break
    const tried = testSeason(whitened, baseline, from, silent)
    if (!tried) continue
    looks++
    if (!contrast || tried.pValue < contrast.pValue) contrast = tried
  }
  return { ...(contrast && { contrast }), looks }
}

/** Mean value and mean expectation of the places from `from` on, of one phase or (−1) of all. */
function averagePhase(series: Series, band: Band, from: number, season: number, phase: number) {
  let [observed, expected, count] = [0, 0, 0]
  for (let at = from; at < series.values.length; at++) {
    if (!Number.isFinite(series.values[at]) || series.excluded?.[at] === 1) continue
    if (phase >= 0 && at % season !== phase) continue
    observed += series.values[at]!
    expected += band.expected[at]!
    count++
  }
  return { observed: observed / count, expected: expected / count }
}

/** The old season on the new level: times what all recent points are above it, or plus that where noise is added. */
function levelBand(band: Band, from: number, link: Link, observed: number, expected: number): Band {
  const factor = link === 'identity' || !(expected > 0) ? 1 : observed / expected
  const shift = link === 'identity' ? observed - expected : 0
  const level = (x: number, at: number) => (at < from ? x : x * factor + shift)
  return { expected: band.expected.map(level), low: band.low.map(level), high: band.high.map(level) }
}

function detect(series: Series, { season: asked }: Options): Verdict {
  const search = analyseChanges(series, asked)
  const { sample } = search
  const obstacle = findObstacle('season_change', sample, minimum) ?? findNoSeason(search, asked)
  if (obstacle || search.status === 'untestable')
    return { status: 'untestable', reason: obstacle ?? 'all values are equal' }
  const { contrast, looks } = findSplit(search)
  if (!contrast) return { status: 'untestable', reason: 'too few points stand out from season, trend and shifts' }
  const { season, link, place } = sample
  const [from, to] = [place[contrast.from]!, series.values.length]
  const old = drawAround(series, asked, from, to).band
  const all = averagePhase(series, old, from, season, -1)
  const band = levelBand(old, from, link, all.observed, all.expected)
  const { observed, expected } = averagePhase(series, band, from, season, contrast.phase)
  const range = halfWidth * contrast.error
  const isAdded = link === 'identity'
  const ratio = observed / expected
  return {
    status: 'tested',
    pValue: Math.max(1e-300, -Math.expm1(looks * Math.log1p(-Math.min(contrast.pValue, 1 - 1e-16)))),
    direction: observed >= expected ? 'up' : 'down',
    observed,
    expected,
    low: isAdded ? expected - range : expected * Math.exp(-range),
    high: isAdded ? expected + range : expected * Math.exp(range),
    change: expected === 0 ? Number.NaN : ratio - 1,
    effect: isAdded
      ? {
          measure: 'difference from the old season',
          value: observed - expected,
          low: observed - expected - range,
          high: observed - expected + range,
        }
      : {
          measure: 'ratio to the old season',
          value: ratio,
          low: ratio * Math.exp(-range),
          high: ratio * Math.exp(range),
        },
    sentence: {
      verb: observed >= expected ? 'has a larger part of its season' : 'has a smaller part of its season',
      subject: namePhase(
        series.at.find((_, at) => at >= from && at % season === contrast.phase),
        series.grain,
        season,
        contrast.phase,
      ),
      comparedWith: 'the shape of its season before, on the new level',
    },
    from,
    to,
    band,
    details: {
      statistic: contrast.statistic,
      degrees_of_freedom: contrast.freedom.map((x) => Math.round(x)).join(', '),
      seasons_compared: Math.round((sample.count - contrast.from) / season),
      splits_tried: looks,
      phase: contrast.phase,
      season,
      memory: search.noise.memory,
      scale: link,
    },
  }
}

/** Did the shape of the season change: another weekday, another hour, more or less of it? */
export const seasonChange = defineDetector({
  name: 'season_change',
  shape: 'series',
  question: 'Has the season another shape than before?',
  method:
    'Season, trend and shifts are fitted as for the other detectors; then the season of the last 4, 8, 13, 26, 52 seasons (up to half of all) is compared with that before, by a Wald test of season × recent on whitened residuals with a change of level allowed at the same place: F with one degree of freedom less than the season has places, its variance enlarged where one season resembles the next. The p-value is paid for all splits tried (Šidák); what is told is the place of the season that moved most.',
  assumes: [
    'On the scale of the noise the season is the same at any level: a count that doubles has twice the season.',
    'The season is as long as before: only its shape is compared.',
  ],
  misleads: [
    'A few unusual Mondays in a row look like another season: look at `outlier`.',
    'Holidays that were not declared move the weekdays they fall on.',
  ],
  minimum,
  minimumOf: 'points, and eight whole seasons',
  options,
  detect,
})
