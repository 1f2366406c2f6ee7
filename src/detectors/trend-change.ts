import { z } from 'zod'
import { defineDetector, type Verdict } from './detector.ts'
import { analyseChanges } from './series/analyse-changes.ts'
import { average } from './series/average.ts'
import { straightTrend } from './series/baseline.ts'
import { drawBand } from './series/draw-band.ts'
import { fitBaseline } from './series/fit-baseline.ts'
import { findObstacle } from './series/judge-testable.ts'
import type { Bend } from './series/scan-bends.ts'
import { type ChangeSearch, findBend, toBend, toStep } from './series/search-changes.ts'
import { seasonOption } from './series/season-option.ts'
import { tellChange } from './series/tell-effect.ts'
import type { Series } from './shapes.ts'

const minimum = 40

const options = z.object({
  season: seasonOption,
})
type Options = z.infer<typeof options>

/** The bend that explains most: one found while looking for shifts, or the best there is besides them. */
function chooseBend(search: ChangeSearch): Bend | undefined {
  const known = search.bends.toSorted((a, b) => a.pValue - b.pValue)[0]
  return known ?? findBend(search.sample, search)?.change
}

function detect(series: Series, { season }: Options): Verdict {
  const search = analyseChanges(series, season)
  const { sample } = search
  const obstacle = findObstacle('trend_change', sample, minimum)
  if (obstacle || search.status === 'untestable')
    return { status: 'untestable', reason: obstacle ?? 'all values are equal' }
  const bend = chooseBend(search)
  if (!bend) return { status: 'untestable', reason: 'no place in the series can be compared with the others' }
  const others = search.bends.filter((one) => one !== bend).map(toBend)
  const terms = [straightTrend, ...others, ...search.shifts.map(toStep), toBend(bend)]
  const baseline = fitBaseline(sample, terms, { start: search.baseline })
  const band = drawBand(series, sample, baseline, search.noise, baseline.width - 1)
  const from = sample.place[bend.from]!
  const to = series.values.length
  const span = sample.place.at(-1)! - sample.place[0]!
  const atEnd = (to - from) / span
  // halfway from the bend to the end the expectation is off by half of what it is at the end
  const error = (bend.error * atEnd) / 2
  const { observed, expected, low, high } = average(series, band, from, to, error, sample.link)
  return {
    status: 'tested',
    pValue: bend.pValue,
    direction: bend.change > 0 ? 'up' : 'down',
    observed,
    expected,
    low,
    high,
    change: expected === 0 ? Number.NaN : observed / expected - 1,
    effect: tellChange(sample.link, bend.change * atEnd, bend.error * atEnd, 'to the trend before, at the end'),
    sentence: {
      verb: bend.change > 0 ? 'turned upwards' : 'turned downwards',
      comparedWith: 'its season and the trend before',
    },
    from,
    to,
    band,
    details: {
      statistic: bend.statistic,
      slope_change_per_point: bend.change / span,
      independent_looks: bend.looks,
      season: sample.season,
      memory: search.noise.memory,
      degrees_of_freedom: search.noise.freedom,
      scale: sample.link,
    },
  }
}

/** Did growth speed up, slow down or turn? */
export const trendChange = defineDetector({
  name: 'trend_change',
  shape: 'series',
  question: 'Did growth speed up, slow down or turn at some point?',
  method:
    'A straight trend (on the scale of the noise) against one that bends once, with season and level shifts taken out: the largest t statistic over all places (Andrews 1993), judged against all that were tried (improved Bonferroni bound, Worsley 1983), with day-to-day memory and spread measured after the bend is taken out.',
  assumes: ['Growth is straight before and after one bend; steps and seasons are known or taken out.'],
  misleads: ['A step and a recovery together can look like a bend.'],
  minimum,
  options,
  detect,
})
