import { type Calendar, utcCalendar } from '../../src/base/periods.ts'
import type { Catalog, Field, FieldType, Model, Relation } from '../../src/catalog/catalog.ts'
import { fixture } from './fixture.ts'

const field = (name: string, type: FieldType): Field => ({
  name,
  column: name,
  type,
  label: name,
  description: undefined,
  synonyms: [],
  unit: undefined,
  values: [],
  hidden: name === 'id' || name.endsWith('_id'),
  pii: false,
})

const relation = (name: string, to: string, cardinality: 'one' | 'many', own: string, other: string): Relation => ({
  name,
  label: name,
  to,
  cardinality,
  pairs: [{ own, other }],
  valid: undefined,
  through: undefined,
})

/** The row of a history that holds at a time. */
const history = (name: string, to: string, own: string, other: string, valid: readonly [string, string]): Relation => ({
  ...relation(name, to, 'one', own, other),
  valid,
})

const bridge = (name: string, to: string, through: string): Relation => ({
  ...relation(name, to, 'many', '', ''),
  pairs: [],
  through,
})

function model(name: string, table: string, time: string, relations: readonly Relation[]): Model {
  const found = fixture.find((candidate) => candidate.name === table)
  const fields = (found?.columns ?? []).map((column) => field(column.name, column.type))
  const metric = {
    name: `new_${table}`,
    model: name,
    label: `new ${table}`,
    description: undefined,
    measure: 'count()',
    time,
    good: undefined,
    slices: [],
    unit: undefined,
    format: 'number' as const,
  }
  return {
    name,
    source: { table },
    key: ['id'],
    label: name,
    description: undefined,
    synonyms: [],
    fields: Object.fromEntries(fields.map((one) => [one.name, one])),
    relations: Object.fromEntries(relations.map((one) => [one.name, one])),
    semantics: undefined,
    metrics: { [metric.name]: metric },
    policies: [],
    explorations: [],
  }
}

/** What is held at a moment: seats as they stand in the rows of its last, first, or all times. */
function withHeld(...parts: Parameters<typeof model>): Model {
  const made = model(...parts)
  const [base] = Object.values(made.metrics)
  const held = (['last', 'first', 'average'] as const).map((overTime) => {
    const name = `seats_${overTime}`
    return [name, { ...base!, name, label: name, measure: 'sum(seats)', overTime }] as const
  })
  return { ...made, metrics: { ...made.metrics, ...Object.fromEntries(held) } }
}

/** The fixture in business words. */
export const fixtureCatalog = (calendar: Calendar = utcCalendar): Catalog => ({
  models: {
    account: withHeld('account', 'accounts', 'created_at', [
      relation('users', 'user', 'many', 'id', 'account_id'),
      relation('parent', 'account', 'one', 'parent_id', 'id'),
      relation('children', 'account', 'many', 'id', 'parent_id'),
      relation('terms', 'term', 'many', 'id', 'account_id'),
      history('term', 'term', 'id', 'account_id', ['from_at', 'to_at']),
      history('term_on', 'term', 'id', 'account_id', ['from_on', 'to_on']),
      // Not by its key: of several the first.
      relation('any_term', 'term', 'one', 'id', 'account_id'),
      bridge('tags', 'tag', 'account_tags'),
    ]),
    user: model('user', 'users', 'joined_at', [
      relation('account', 'account', 'one', 'account_id', 'id'),
      relation('events', 'event', 'many', 'id', 'user_id'),
    ]),
    term: model('term', 'terms', 'from_at', [relation('account', 'account', 'one', 'account_id', 'id')]),
    tag: {
      ...model('tag', 'tags', 'at', [bridge('accounts', 'account', 'account_tags')]),
      metrics: {},
    },
    event: {
      ...model('event', 'events', 'at', [relation('user', 'user', 'one', 'user_id', 'id')]),
      semantics: { kind: 'event', name: 'name', created: undefined, time: 'at' },
    },
  },
  calendar,
  events: [],
})
