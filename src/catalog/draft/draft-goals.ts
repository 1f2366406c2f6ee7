import { humanizeName } from '../build-model.ts'
import type { MetricInput, SeenField, UnslicedMetric } from './metric-input.ts'
import { hasWord } from './name-words.ts'

const targetWords = ['target', 'goal', 'quota', 'plan', 'planned', 'budget', 'budgeted', 'sla', 'threshold']
const reachedWords = ['actual', 'complete', 'completed', 'achieved', 'reached', 'result', 'current', 'done', 'progress']
/** Words that say the unit of both: `target_percentage` is compared with `percent_complete`. */
const units: readonly (readonly string[])[] = [
  ['percent', 'percentage', 'pct', 'share', 'rate'],
  ['amount', 'revenue', 'cost', 'value', 'sales'],
  ['count', 'units', 'quantity', 'number'],
  ['hours', 'minutes', 'days'],
]

const isComparable = (a: SeenField, b: SeenField): boolean => {
  const [of, other] = [a, b].map(({ name }) => units.findIndex((words) => hasWord(name, words)))
  return of === other || of === -1 || other === -1
}

/** How many rows reach a target that stands in the same row. */
export function draftGoals({ fields, time }: MetricInput): readonly UnslicedMetric[] {
  const numbers = fields.filter(({ type, hidden, seen }) => type === 'number' && !hidden && seen.distinct > 2)
  const target = numbers.find(({ name }) => hasWord(name, targetWords))
  const reached = numbers.find(
    (field) => field !== target && hasWord(field.name, reachedWords) && target && isComparable(field, target),
  )
  if (!target || !reached) return []
  const name = `${reached.name}_on_target_rate`
  return [
    {
      name,
      label: humanizeName(name),
      measure: `count(where ${reached.name} >= ${target.name}) / count()`,
      time,
      good: 'up',
      unit: undefined,
      format: 'percent',
      note: `share of rows whose \`${reached.name}\` reaches \`${target.name}\``,
    },
  ]
}
