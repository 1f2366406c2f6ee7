import { z } from 'zod'
import { defineDetector, type Verdict } from './detector.ts'
import { analyseChanges } from './series/analyse-changes.ts'
import { describeShift } from './series/describe-shift.ts'
import { findObstacle } from './series/judge-testable.ts'
import { seasonOption } from './series/season-option.ts'
import { tellBeginning } from './series/tell-beginning.ts'
import type { Series } from './shapes.ts'

const minimum = 20

const options = z.object({
  season: seasonOption,
})
type Options = z.infer<typeof options>

function detect(series: Series, { season }: Options): Verdict {
  const search = analyseChanges(series, season)
  const obstacle = findObstacle('level_shift', search.sample, minimum)
  if (obstacle || search.status === 'untestable')
    return { status: 'untestable', reason: obstacle ?? 'all values are equal' }
  return tellBeginning(series, search.sample) ?? describeShift(series, search)
}

/** Did the level change at some point, and stay or return? */
export const levelShift = defineDetector({
  name: 'level_shift',
  shape: 'series',
  question: 'Did the level change at some point and stay there?',
  method:
    'Season, straight growth and shifts are fitted together on the scale of the noise (counts and sums multiplied, shares as odds), with residuals clipped so that a lone outlier is none. Every point is tried as the start of a new level, lasting or returning; the largest statistic is judged against all that were tried (rate of clumps, Siegmund and Yakir 2007), with day-to-day memory and spread measured after the shift is taken out. Of a share or a mean per row a trend is believed as far as the rows say so, and otherwise to end within a factor of two of where it began. A level that held for eight seasons and for longer than the time since its end is told by its end. Of a count or sum of which there was nothing at all for four weeks or longer, the chance is that of all periods with any being the last ones.',
  assumes: [
    'Between its changes the series has one season, straight growth and noise whose memory fades within a few points.',
    'Shares and means per row drift slowly: in 95% of cases to less than twice, or more than half, over the whole series.',
  ],
  misleads: [
    'A slow ramp can be told as a step in its middle: look at `trend_change`.',
    'A season that changes its shape moves the level of some of its points.',
  ],
  minimum,
  options,
  detect,
})
