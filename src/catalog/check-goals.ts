import type { Diagnostic } from '../base/diagnostic.ts'
import { type ModelEntry, markKey, markValue } from './model-entry.ts'

/** What is held has no total to reach, and of a length of time one goal holds at once. */
export function checkGoals(entry: ModelEntry): readonly Diagnostic[] {
  return Object.entries(entry.metrics).flatMap(([metric, text]) => {
    const { goals = [], over_time } = text ?? {}
    if (goals.length > 0 && over_time !== undefined)
      return [
        markKey(entry, ['metrics', metric, 'goals'], {
          code: 'conflicting-keys',
          message: `metric \`${metric}\` has \`goals\` and \`over_time\`: what is held does not add up to a goal over a period`,
          hint: 'Declare a goal of what is gained (new seats, new MRR) at a metric that counts or sums it.',
        }),
      ]
    return goals.flatMap((goal, index) => {
      const isSame = (other: typeof goal) => other.period === goal.period && other.from === goal.from
      if (goal.period === undefined || goals.findIndex(isSame) === index) return []
      const since = goal.from === undefined ? '' : ` from ${goal.from}`
      return [
        markValue(entry, ['metrics', metric, 'goals', index], {
          code: 'conflicting-keys',
          message: `metric \`${metric}\` has two goals for each ${goal.period}${since}`,
          hint: 'Keep one of them, or give the later one the day `from` which it holds.',
        }),
      ]
    })
  })
}
