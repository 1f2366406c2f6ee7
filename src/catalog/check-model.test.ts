import { expect, test } from 'vitest'
import { parseCatalog } from './parse-catalog.ts'

type Files = Readonly<Record<string, string>>

const messages = (files: Files): readonly string[] =>
  parseCatalog(Object.entries(files).map(([name, text]) => ({ name, text }))).diagnostics.map(({ message }) => message)

const model = (more: string) => ({
  'a.yaml': `models:
  account:
    table: accounts
    key: [id, part]
    fields: { id: { type: number }, owner: { type: number }, created_at: { type: date } }
${more}
  user: { table: users, key: id, fields: { id: { type: number }, role: { type: text } } }
`,
})

test.each([
  ['    relations: { owner: { to: user, one: owner } }', '`owner` is both a field and a relation of `account`'],
  ['    relations: { users: { to: user } }', 'relation `users` has none of `one`, `many` and `through`'],
  [
    '    relations: { users: { to: user, one: a, many: b } }',
    'relation `users` has two of `one`, `many` and `through`',
  ],
  [
    '    relations: { users: { to: user, many: account_id } }',
    'relation `users` does not name one column for each of the key of `account`',
  ],
  [
    '    metrics: { n: { measure: count(), time: created_at, over_time: last, goals: [{ value: 4, period: month }] } }',
    'metric `n` has `goals` and `over_time`: what is held does not add up to a goal over a period',
  ],
  [
    '    metrics: { n: { measure: count(), time: created_at, goals: [{ value: 4, period: month, from: 2026-07-01 }, { value: 4, period: year, from: 2026-07-01 }, { value: 5, period: month, from: 2026-07-01 }] } }',
    'metric `n` has two goals for each month from 2026-07-01',
  ],
  [
    '    metrics: { n: { measure: count(), time: created_at, goals: [{ value: 0, period: month }] } }',
    '`models.account.metrics.n.goals[0].value` is not above 0',
  ],
  [
    '    metrics: { n: { measure: count(), time: created_at, goals: [{ value: 4, period: day }] } }',
    '`models.account.metrics.n.goals[0].period` may not be `day`',
  ],
  ['    sql: select 1', 'model `account` has both `table` and `sql`'],
  ['    semantics: { kind: account, name: title }', '`name` in `semantics` is `title`, which is no field of `account`'],
  [
    '    semantics: { created: id }',
    '`created` in `semantics` is `id`, a field of type number, not a date or timestamp',
  ],
  [
    '    relations: { boss: { to: user, one: { owner: id } } }\n    metrics: { n: { measure: count(), time: created_at, slices: [boss] } }',
    'metric `n` is sliced by `boss`, which is a relation of `account`, not a field',
  ],
  [
    '    relations: { users: { to: user, many: { id: account_id } } }\n    metrics: { n: { measure: count(), time: created_at, slices: [users.role] } }',
    'metric `n` is sliced by `users.role`, but `users` leads to many rows',
  ],
  [
    '    relations: { users: { to: user, many: { id: account_id }, valid: [a, b] } }',
    'relation `users` has `valid`, which goes with `one`',
  ],
  [
    '    relations: { twins: { to: account, through: twins } }',
    'relation `twins` leads through a bridge table from `account` to itself, whose columns would have one name',
  ],
  [
    '    relations: { then: { to: user, one: { id: account_id }, valid: [from_at, role] } }',
    '`valid` of relation `then` names `role`, a field of type text, not a date or timestamp',
  ],
])('%s is a mistake', (more, message) => expect(messages(model(more))).toEqual([message]))

test('a model needs a table, a key and fields', () => {
  expect(messages({ 'a.yaml': 'models: { a: { label: A }, b: { table: b, key: id, fields: {} } }' })).toEqual([
    '`models.a` has no `key`',
    '`models.a` has no `fields`',
    'model `a` has neither `table` nor `sql`',
    'model `b` has no fields',
  ])
})

test('a metric’s name stands once in the catalog, for `from metric` names no model', () => {
  const body = (time: string) =>
    `table: t, key: id, fields: { at: { type: ${time} } }, metrics: { n: { measure: count(), time: at } }`
  expect(messages({ 'a.yaml': `models: { a: { ${body('date')} }, b: { ${body('timestamp')} } }` })).toEqual([
    'metric `n` is in the models `a` and `b`',
  ])
})

test('only a number is held over time', () => {
  const fields = 'fields: { seats: { type: number, over_time: last }, plan: { type: text, over_time: last } }'
  expect(messages({ 'a.yaml': `models: { a: { table: t, key: seats, ${fields} } }` })).toEqual([
    'field `plan` is of type text, and only a number is held over time',
  ])
})
