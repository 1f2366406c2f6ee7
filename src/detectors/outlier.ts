import { z } from 'zod'
import { defineDetector, type Verdict } from './detector.ts'
import { analyseChanges } from './series/analyse-changes.ts'
import { judgePoints } from './series/judge-points.ts'
import { findObstacle } from './series/judge-testable.ts'
import { seasonOption } from './series/season-option.ts'
import { tellDistance } from './series/tell-effect.ts'
import type { Series } from './shapes.ts'

const minimum = 21

const options = z.object({
  season: seasonOption,
  recent: z.int().min(1).max(400).default(14).describe('How many of the last points are judged.'),
})
type Options = z.infer<typeof options>

function detect(series: Series, { season, recent }: Options): Verdict {
  const search = analyseChanges(series, season)
  const obstacle = findObstacle('outlier', search.sample, minimum)
  if (obstacle || search.status === 'untestable')
    return { status: 'untestable', reason: obstacle ?? 'not enough points' }
  const { sample } = search
  const judged = Math.min(recent, sample.count - 14)
  const { points, band, weigh } = judgePoints(series, search, sample.count - judged)
  const worst = points.reduce((most, point) => (Math.abs(point.score) > Math.abs(most.score) ? point : most))
  const pValue = weigh(worst.score)
  const from = sample.place[worst.at]!
  const observed = sample.value[worst.at]!
  const expected = band.expected[from]!
  const [low, high] = [band.low[from]!, band.high[from]!]
  return {
    status: 'tested',
    pValue: Math.max(1e-300, -Math.expm1(judged * Math.log1p(-Math.min(pValue, 1 - 1e-16)))),
    direction: observed >= expected ? 'up' : 'down',
    observed,
    expected,
    low,
    high,
    change: expected === 0 ? Number.NaN : observed / expected - 1,
    from,
    to: from + 1,
    effect: tellDistance({ observed, expected, low, high }),
    sentence: {
      verb: observed >= expected ? 'stood out above' : 'stood out below',
      comparedWith: 'its season, growth and neighbours',
    },
    band,
    details: {
      score: worst.score,
      points_judged: judged,
      p_of_point: pValue,
      season: sample.season,
      memory: search.noise.memory,
      shifts_taken_out: search.shifts.length,
      scale: sample.link,
    },
  }
}

/** Is one of the recent points out of line? */
export const outlier = defineDetector({
  name: 'outlier',
  shape: 'series',
  question: 'Is one of the recent points far from what its season, its level and its neighbours let expect?',
  method:
    'Each recent point is compared with its season, growth and earlier shifts, and with what its neighbours let expect. Counts are judged by negative binomial tails, shares by beta-binomial ones, amounts by skewed ones; how heavy tails are is learnt from the earlier points (average over Student t shapes and the normal one). That a point takes part in its own expectation is allowed for (studentised residuals). The p-value is corrected for the number of points judged (Šidák).',
  assumes: [
    'Season, level and memory are those of the points before; the last weeks before a point weigh as much as the first.',
    'Declared events are marked: a holiday that nobody declared is told as an outlier.',
  ],
  misleads: [
    'A change that lasts is told by its first point: look at `level_shift` too.',
    'A season that the history shows fewer than two times is not known.',
  ],
  minimum,
  options,
  detect,
})
