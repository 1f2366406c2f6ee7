import { addPeriods, type Calendar, type Day, startOfPeriod } from '../../base/periods.ts'
import { type GoalPeriod, goalPeriods, type Metric } from '../../catalog/catalog.ts'

/** What a metric is to come to in one period that is not over. */
export interface CurrentGoal {
  readonly value: number
  readonly period: GoalPeriod
  /** First day of the period, and the one after its last. */
  readonly from: Day
  readonly to: Day
}

/** The period of a length in which the last full day lies, where it is not over; `today` is the day after that day. */
export function findCurrentPeriod(
  period: GoalPeriod,
  today: Day,
  calendar: Calendar,
): Pick<CurrentGoal, 'from' | 'to'> | undefined {
  const from = startOfPeriod(addPeriods(today, -1, 'day'), period, calendar)
  const to = addPeriods(from, 1, period)
  return today < to ? { from, to } : undefined
}

/** The goals of a metric that are not decided yet: of each length of time the one that holds. */
export function findCurrentGoals(
  { goals = [] }: Pick<Metric, 'goals'>,
  today: Day,
  calendar: Calendar,
): readonly CurrentGoal[] {
  return goalPeriods.flatMap((period) => {
    const span = findCurrentPeriod(period, today, calendar)
    const known = goals.filter((goal) => goal.period === period && span && (goal.from ?? '') <= span.from)
    const holds = known.reduce<(typeof known)[number] | undefined>(
      (latest, goal) => (latest === undefined || (goal.from ?? '') > (latest.from ?? '') ? goal : latest),
      undefined,
    )
    return span && holds ? [{ value: holds.value, period, ...span }] : []
  })
}
