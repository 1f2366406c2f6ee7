import { type Calendar, type Day, daysBetween } from '../../base/periods.ts'
import { goalPeriods } from '../../catalog/catalog.ts'
import type { Goal, Series } from '../../detectors/shapes.ts'
import { type CurrentGoal, findCurrentPeriod } from './find-current-goals.ts'

/** A goal with the side of it that is good. */
export interface AskedGoal extends CurrentGoal {
  readonly good: 'up' | 'down'
}

type Options = Readonly<Record<string, string | number | boolean>>

/** Options of a test about a goal, as its exploration writes them; up is good unless they say `good = "down"`. */
export const writeGoalOptions = ({ value, period, good }: Pick<AskedGoal, 'value' | 'period' | 'good'>): Options => ({
  goal: value,
  period,
  ...(good === 'down' && { good }),
})

/** Whether a test says what is to be reached and in what length of time. */
export function areGoalOptions({ goal, period, good = 'up' }: Options): boolean {
  const isKnown = goalPeriods.some((one) => one === period)
  return typeof goal === 'number' && goal > 0 && isKnown && (good === 'up' || good === 'down')
}

/** The goal that a test's options name, of the period in which the day before `today` lies; undefined where that is over, or they name none. */
export function readGoalOptions(options: Options, today: Day, calendar: Calendar): AskedGoal | undefined {
  const period = goalPeriods.find((one) => one === options.period)
  const span = period && findCurrentPeriod(period, today, calendar)
  if (!span || !areGoalOptions(options)) return undefined
  return { value: Number(options.goal), period, ...span, good: options.good === 'down' ? 'down' : 'up' }
}

/** A series of days on its way to a goal; undefined where its days begin after the period of the goal does. */
export function buildGoal(series: Series, { value, from, to, good }: Omit<AskedGoal, 'period'>): Goal | undefined {
  const [first] = series.at
  if (first === undefined || first > from) return undefined
  return {
    series,
    start: daysBetween(first, from),
    periods: daysBetween(from, to),
    target: value,
    goodDirection: good,
  }
}
