import { humanizeName } from '../build-model.ts'
import type { DraftMetric } from './draft.ts'
import { draftAmounts } from './draft-amounts.ts'
import { draftDurations } from './draft-durations.ts'
import { draftGoals } from './draft-goals.ts'
import { draftRates } from './draft-rates.ts'
import type { MetricInput, UnslicedMetric } from './metric-input.ts'
import { hasWord, plural } from './name-words.ts'

const laterWords = [
  'updated',
  'modified',
  'synced',
  'seen',
  'birth',
  'birthday',
  'due',
  'expires',
  'expected',
  'planned',
]
/** What becomes of accounts and the like that are lost. */
const lostWords = ['deleted', 'archived', 'deactivated', 'cancelled', 'canceled', 'churned', 'closed', 'suspended']
const goodKinds = ['account', 'user', 'event', 'subscription', 'invoice']

/** Measures that the columns suggest, most general first. Names are unique within the model. */
export function draftMetrics(input: MetricInput): readonly DraftMetric[] {
  const drafts = [
    ...draftCounts(input),
    ...draftActive(input),
    ...draftAmounts(input),
    ...draftRates(input),
    ...draftGoals(input),
    ...draftDurations(input),
  ]
  const taken = new Set([...input.fields.map(({ name }) => name), ...input.relations.map(({ name }) => name)])
  return drafts.slice(0, 14).map((draft) => {
    const name = taken.has(draft.name) ? `${input.model}_${draft.name}` : draft.name
    taken.add(name)
    return { ...draft, name, slices: input.slices }
  })
}

function draftCounts({ model, kind, fields, time }: MetricInput): readonly UnslicedMetric[] {
  const many = plural(model)
  const unit = many.replace(/_/g, ' ')
  const good = goodKinds.includes(kind) ? 'up' : kind === 'ticket' ? 'down' : undefined
  const count: UnslicedMetric = {
    name: many,
    label: humanizeName(many),
    measure: 'count()',
    time,
    good,
    unit,
    format: 'number',
    note: `rows by \`${time}\``,
  }
  const others = fields.filter(
    ({ name, type, seen }) =>
      name !== time && (type === 'timestamp' || type === 'date') && seen.distinct > 10 && !hasWord(name, laterWords),
  )
  const later = others.slice(0, 3).map((field): UnslicedMetric => {
    const what = field.name.replace(/_(at|on|date|time)$/, '')
    const name = `${many}_${what}`
    const note = `rows by \`${field.name}\`${field.seen.empty > 0 ? '; those where it is empty do not count' : ''}`
    return {
      name,
      label: humanizeName(name),
      measure: 'count()',
      time: field.name,
      good: good === 'up' && hasWord(what, lostWords) ? 'down' : undefined,
      unit,
      format: 'number',
      note,
    }
  })
  return [count, ...later]
}

/** How many different customers, users, … the rows of a period belong to. */
function draftActive({ fields, relations, rows, time }: MetricInput): readonly UnslicedMetric[] {
  return relations.flatMap((relation) => {
    const field = fields.find(({ column }) => column === relation.column)
    if (relation.kind !== 'one' || !field || rows < 2 * field.seen.distinct) return []
    const many = plural(relation.name)
    const unit = many.replace(/_/g, ' ')
    const name = `active_${many}`
    return [
      {
        name,
        label: humanizeName(name),
        measure: `count_distinct(${field.name})`,
        time,
        good: 'up' as const,
        unit,
        format: 'number' as const,
        note: `different \`${field.name}\` in the period`,
      },
    ]
  })
}
