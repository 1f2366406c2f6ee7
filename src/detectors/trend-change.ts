import { z } from 'zod'
import { analyseChanges } from './analyse-changes.ts'
import { average } from './average.ts'
import { straightTrend } from './baseline.ts'
import { defineDetector, type Verdict } from './detector.ts'
import { drawBand } from './draw-band.ts'
import { fitBaseline } from './fit-baseline.ts'
import { findObstacle } from './judge-testable.ts'
import type { Bend } from './scan-bends.ts'
import { type ChangeSearch, findBend, toBend, toStep } from './search-changes.ts'
import type { Series } from './shapes.ts'

const minimum = 40

const options = z.object({
  season: z.int().min(0).max(400).default(0).describe('Points a season; 0 takes what the grain suggests.'),
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
  // halfway from the bend to the end the expectation is off by half of what it is at the end
  const error = (bend.error * (to - from)) / span / 2
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
