import { z } from 'zod'
import { defineDetector, type Verdict } from './detector.ts'
import { compareHazards } from './groups/compare-hazards.ts'
import { describeWaits } from './groups/describe-waits.ts'
import type { DurationSample, Durations } from './shapes.ts'

const minimum = 10
const eventsLeast = 5
const unitsLeast = 5

const options = z.object({
  recent: z
    .int()
    .min(1)
    .max(1000)
    .default(28)
    .describe(
      'In a `test`: those who began in so many of the last days are the later group, all before them the earlier one.',
    ),
})

/** Only members with a time of 0 or more. */
function keepTimes({ time, happened, units, batches }: DurationSample): DurationSample {
  const isKept = (at: number) => time[at]! >= 0 && Number.isFinite(time[at])
  const keep = <T extends Int32Array>(all: T | undefined) => all?.filter((_, at) => isKept(at))
  const [ownUnits, ownBatches] = [keep(units), keep(batches)]
  return {
    time: time.filter((_, at) => isKept(at)),
    happened: happened.filter((_, at) => isKept(at)),
    ...(ownUnits && { units: ownUnits }),
    ...(ownBatches && { batches: ownBatches }),
  }
}

const countEvents = ({ happened }: DurationSample) => happened.reduce((sum, value) => sum + value, 0)

function findObstacle(name: string, { time, units }: DurationSample): string | undefined {
  if (time.length < minimum) return `${name} has ${time.length} members; duration_shift needs ${minimum}`
  const accounts = units ? new Set(units).size : time.length
  if (accounts < unitsLeast) return `${name} has members of ${accounts} accounts; duration_shift needs ${unitsLeast}`
  return undefined
}

function detect(data: Durations): Verdict<'durations'> {
  const [first, second] = [keepTimes(data.first), keepTimes(data.second)]
  const [before, after] = data.names
  const obstacle = findObstacle(before, first) ?? findObstacle(after, second)
  if (obstacle) return { status: 'untestable', reason: obstacle }
  const [eventsFirst, eventsSecond] = [countEvents(first), countEvents(second)]
  const events = eventsFirst + eventsSecond
  if (events < eventsLeast)
    return { status: 'untestable', reason: `it happened to ${events} in all; duration_shift needs ${eventsLeast}` }
  const comparison = compareHazards(first, second)
  if (!comparison)
    return { status: 'untestable', reason: 'it never happened while members of both groups were watched' }
  const waits = describeWaits(first, second, comparison.designEffect)
  const isLonger = comparison.score < 0
  return {
    status: 'tested',
    pValue: comparison.pValue,
    direction: isLonger ? 'up' : 'down',
    observed: waits.second,
    expected: waits.first,
    low: waits.low,
    high: waits.high,
    change: waits.first === 0 ? Number.NaN : waits.second / waits.first - 1,
    effect: { measure: 'hazard ratio', value: comparison.ratio, low: comparison.low, high: comparison.high },
    sentence: { verb: isLonger ? 'takes longer' : 'happens sooner', subject: after, comparedWith: before },
    details: {
      measure: waits.measure,
      until: waits.until,
      statistic: comparison.score,
      members_first: first.time.length,
      members_second: second.time.length,
      happened_first: eventsFirst,
      happened_second: eventsSecond,
      frailty_of_accounts: comparison.frailty,
      design_effect: comparison.designEffect,
      degrees_of_freedom: Number.isFinite(comparison.freedom) ? comparison.freedom : 'not needed',
    },
  }
}

/** Does it take longer or happen sooner than in the group it is compared with? */
export const durationShift = defineDetector({
  name: 'duration_shift',
  shape: 'durations',
  question: 'Does it take longer, or happen sooner, than in the group it is compared with?',
  method:
    'The log-rank test, which also uses those to whom it has not happened yet (censored). Where members belong to accounts, how alike those of one account are is measured (variance of a gamma frailty), accounts are weighted by what they can tell, and the variance is the larger of the one that follows from it and the one that the accounts show (Lee, Wei and Amato 1992); the events are cut down to as many as independent ones would tell, and judged by the binomial distribution and Student’s t, so that a small group and few accounts make no alarm. Where it is known when members began, weeks of beginnings may differ from each other, too: how much is measured in the earlier group and added to the variance, so that a week of holidays or a backlog is no change. The size told is Cox’s hazard ratio; the times told are Kaplan–Meier medians, or the mean within the stretch that both were watched where half of a group is still waiting. Give it one row for each member: days from its start until it happened, or until it was last seen, which of the two, and its account. Who started in the window belongs to its group, however long it took; nobody is left out because it has not happened yet.',
  assumes: [
    'Why a member was no longer watched has nothing to do with when it would have happened.',
    'Members of the later group are watched for a shorter time: that is allowed for.',
  ],
  misleads: [
    'Weeks of beginnings that stay alike for months (a season of waiting) look like a change.',
    'Curves that cross (sooner at first, later in the end) are hardly seen: look at the curves.',
    'Counting only those to whom it happened makes every recent group fast: open ones must be in the rows.',
    'Members of other accounts than before: look within plan and size.',
  ],
  minimum,
  minimumOf: 'members in each group',
  options,
  detect,
})
