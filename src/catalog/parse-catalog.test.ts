import { expect, test } from 'vitest'
import { renderDiagnostic } from '../base/code-frame.ts'
import type { Catalog } from './catalog.ts'
import { parseCatalog } from './parse-catalog.ts'

type Files = Readonly<Record<string, string>>
const toSources = (files: Files) => Object.entries(files).map(([name, text]) => ({ name, text }))

const mistakes = (files: Files): string => parseCatalog(toSources(files)).diagnostics.map(renderDiagnostic).join('\n\n')

/** Messages alone, for tests in which the frame is beside the point. */
const messages = (files: Files): readonly string[] =>
  parseCatalog(toSources(files)).diagnostics.map(({ message }) => message)

function accepted(files: Files): Catalog {
  const outcome = parseCatalog(toSources(files))
  if (!outcome.ok) throw new Error(outcome.diagnostics.map(renderDiagnostic).join('\n'))
  return outcome.value
}

const contract = `models:
  account:
    table: accounts
    key: id
    label: Account
    synonyms: [customer, company]
    fields:
      id:         { type: number, hidden: true }
      name:       { type: text, pii: true }
      plan:       { type: text, values: { free: Free, pro: Pro, ent: Enterprise }, description: Payment plan }
      source:     { type: text }
      owner_id:   { type: number, hidden: true }
      activated_at: { type: timestamp }
      created_at: { type: timestamp, label: Signed up }
    relations:
      users:         { to: user, many: account_id }
      owner:         { to: user, one: owner_id }
      plan_at:       { to: plan_history, one: { id: account_id }, valid: [from_at, to_at] }
      features:      { to: feature, through: account_features }
    semantics: { kind: account, name: name, created: created_at }
    metrics:
      signups: { measure: count(), time: created_at, good: up, slices: [plan, source, owner.role], unit: accounts }
      activation: { measure: "count(where activated_at is not empty) / count()", time: created_at, good: up, slices: [plan, source], format: percent }
    policies: [{ where: "tenant_id = viewer.tenant_id" }]
    explorations:
      - { title: Customer team sizes, text: "from account\\nadd n_users = count(users)\\ngroup by plan: avg_users = avg(n_users)" }
calendar: { week_starts: sunday, fiscal_year_starts: 2 }
events: [{ name: Black Friday, from: 2026-11-27, to: 2026-11-30 }]
`
const rest = `models:
  user: { table: users, key: id, fields: { id: { type: number }, role: { type: text } } }
  plan_history: { sql: "select * from plans", key: [account_id, from_at], fields: { plan: { type: text } } }
  feature: { table: features, key: id, fields: { id: { type: number } } }
`

test('the catalog of the contract is read, from several files', () => {
  const catalog = accepted({ 'account.yaml': contract, 'rest.yaml': rest })
  expect(Object.keys(catalog.models)).toEqual(['account', 'user', 'plan_history', 'feature'])
  expect(catalog.calendar).toEqual({ timezone: 'UTC', weekStarts: 7, fiscalYearStarts: 2 })
  expect(catalog.events).toEqual([{ name: 'Black Friday', from: '2026-11-27', to: '2026-11-30' }])
  const { account } = catalog.models
  expect(account?.relations.users?.pairs).toEqual([{ own: 'id', other: 'account_id' }])
  expect(account?.relations.owner).toMatchObject({ cardinality: 'one', pairs: [{ own: 'owner_id', other: 'id' }] })
  expect(account?.relations.plan_at).toMatchObject({
    pairs: [{ own: 'id', other: 'account_id' }],
    valid: ['from_at', 'to_at'],
  })
  expect(account?.relations.features).toMatchObject({ cardinality: 'many', through: 'account_features', pairs: [] })
  expect(account?.fields.plan?.values[2]).toEqual({ value: 'ent', label: 'Enterprise' })
  expect(account?.metrics.activation).toEqual({
    name: 'activation',
    model: 'account',
    label: 'Activation',
    description: undefined,
    synonyms: [],
    measure: 'count(where activated_at is not empty) / count()',
    time: 'created_at',
    good: 'up',
    slices: ['plan', 'source'],
    unit: undefined,
    format: 'percent',
  })
  expect(catalog.models.plan_history?.source).toEqual({ sql: 'select * from plans' })
  expect(catalog.models.plan_history?.label).toBe('Plan history')
})

test('all mistakes of all files are reported at once, in order, with place, hint and candidates', () => {
  expect(
    mistakes({
      'a.yaml': `models:
  account:
    table: accounts
    key: id
    fields:
      id: { type: number }
      plan: { type: txt }
      created_at: { type: timestamp }
    relations:
      users: { to: usr, many: account_id }
    metrics:
      signups: { measure: count(), time: plan_at, slices: [plann, users.role] }
      joined: { measure: count(), time: id }
`,
      'b.yaml': `models:
  user:
    tabel: users
    key: id
    fields: { id: { type: number } }
  account: { table: x, key: id, fields: { id: { type: number } } }
events: [{ name: Sale, from: 2026-11-27, to: 2026-11-20 }]
`,
    }),
  ).toMatchInlineSnapshot(`
    "a.yaml:7:21: error: \`models.account.fields.plan.type\` may not be \`txt\` [unknown-value]
    7 |       plan: { type: txt }
      |                     ^^^
    It is one of \`text\`, \`number\`, \`boolean\`, \`date\`, \`timestamp\`.
    Did you mean \`text\`?

    a.yaml:10:20: error: relation \`users\` leads to \`usr\`, which is no model [unknown-model]
    10 |       users: { to: usr, many: account_id }
       |                    ^^^
    Models are \`account\`, \`user\`.
    Did you mean \`user\`?

    a.yaml:12:42: error: the time of metric \`signups\` is \`plan_at\`, which is no field of \`account\` [unknown-field]
    12 |       signups: { measure: count(), time: plan_at, slices: [plann, users.role] }
       |                                          ^^^^^^^
    It may be \`created_at\`.

    a.yaml:12:60: error: metric \`signups\` is sliced by \`plann\`, but \`account\` has no field \`plann\` [unknown-field]
    12 |       signups: { measure: count(), time: plan_at, slices: [plann, users.role] }
       |                                                            ^^^^^
    Fields are \`id\`, \`plan\`, \`created_at\`.
    Did you mean \`plan\`?

    a.yaml:12:67: error: metric \`signups\` is sliced by \`users.role\`, but \`users\` leads to many rows [path-to-many]
    12 |       signups: { measure: count(), time: plan_at, slices: [plann, users.role] }
       |                                                                   ^^^^^^^^^^
    Slice by a field of the model itself, or by a path over relations with \`one\`.

    a.yaml:13:41: error: the time of metric \`joined\` is \`id\`, a field of type number, not a date or timestamp [wrong-field-type]
    13 |       joined: { measure: count(), time: id }
       |                                         ^^
    It may be \`created_at\`.

    b.yaml:2:3: error: model \`user\` has neither \`table\` nor \`sql\` [missing-key]
    2 |   user:
      |   ^^^^
    Add \`table: …\` with the name of a table or view.

    b.yaml:3:5: error: \`models.user\` has an unknown key \`tabel\` [unknown-key]
    3 |     tabel: users
      |     ^^^^^
    Known here: \`table\`, \`sql\`, \`key\`, \`label\`, \`description\`, \`synonyms\`, \`fields\`, \`relations\`, \`semantics\`, \`metrics\`, \`funnels\`, \`portrait\`, \`policies\`, \`explorations\`.
    Did you mean \`label\` or \`table\`?

    b.yaml:6:3: error: model \`account\` is written twice; the first is in \`a.yaml\` [duplicate-name]
    6 |   account: { table: x, key: id, fields: { id: { type: number } } }
      |   ^^^^^^^
    Keep one of the two, or rename it.

    b.yaml:7:46: error: event \`Sale\` ends on 2026-11-20, before it begins on 2026-11-27 [reversed-range]
    7 | events: [{ name: Sale, from: 2026-11-27, to: 2026-11-20 }]
      |                                              ^^^^^^^^^^
    Exchange \`from\` and \`to\`; both days are included."
  `)
})

test('a mistake in one entry neither hides nor causes others', () => {
  expect(
    messages({
      'a.yaml': `models:
  account:
    table: accounts
    key: 7
    fields: { created_at: { type: time }, plan: { type: text } }
    relations: { owner: { to: user, one: owner_id, colour: red } }
    metrics: { signups: { measure: 3, time: created_at, slices: [owner.role, plan, planet] } }
  user: { table: users, key: id, fields: { role: { type: text } } }
`,
    }),
  ).toEqual([
    '`models.account.key` is a number, not a column or a list of columns',
    '`models.account.fields.created_at.type` may not be `time`',
    '`models.account.relations.owner` has an unknown key `colour`',
    '`models.account.metrics.signups.measure` is a number, not text',
    'metric `signups` is sliced by `planet`, but `account` has no field `planet`',
  ])
})

test('words that YAML 1.1 takes for something else keep their letters', () => {
  const { models } = accepted({
    'a.yaml': `models:
  switch:
    table: switches
    key: no
    fields:
      no: { type: number, label: "No" }
      on: { type: text, values: [on, off, yes, no, 007, 1.0, 1e3, 2026-01-01, ~] }
      state: { type: text, values: { no: Norway, on: 1, 010: Ten } }
`,
  })
  const fields = models.switch?.fields ?? {}
  expect(Object.keys(fields)).toEqual(['no', 'on', 'state'])
  expect(fields.on?.values.map(({ value }) => value)).toEqual([
    'on',
    'off',
    'yes',
    'no',
    '007',
    '1.0',
    '1e3',
    '2026-01-01',
    '~',
  ])
  expect(fields.state?.values).toEqual([
    { value: 'no', label: 'Norway' },
    { value: 'on', label: '1' },
    { value: '010', label: 'Ten' },
  ])
})

test('`yes` is not `true`', () => {
  expect(
    messages({ 'a.yaml': 'models: { a: { table: a, key: id, fields: { id: { type: number, hidden: yes } } } }' }),
  ).toEqual(['`models.a.fields.id.hidden` is text, not `true` or `false`'])
})

test('text with a comma inside braces is explained', () => {
  const text = 'models: { a: { table: a, key: id, fields: { id: { type: number, description: Empty, while open } } } }'
  expect(parseCatalog([{ name: 'a.yaml', text }]).diagnostics[0]?.hint).toBe(
    'Text with a comma inside `{ }` or `[ ]` stands in double quotes.',
  )
})

test('days that do not exist, and a calendar in two files, are mistakes', () => {
  expect(
    messages({
      'a.yaml': `${rest}calendar: { week_starts: monday }\nevents: [{ name: Leap, from: 2026-02-29, to: 2026-03-01 }]`,
      'b.yaml': 'calendar: { fiscal_year_starts: 13 }',
    }),
  ).toEqual([
    '`events[0].from` is not a day',
    '`calendar` is written twice; the first is in `a.yaml`',
    '`calendar.fiscal_year_starts` is not a month',
  ])
})

test('files without models are no catalog', () => {
  expect(messages({ 'a.yaml': '# nothing yet\n' })).toEqual(['the catalog has no models'])
})

test('no text makes the reader fail', () => {
  const texts = [
    '',
    '[]',
    'models: []',
    'models: { a: }',
    'models: { a: { fields: [] } }',
    'events: 3',
    '&a [*a]',
    '- - -',
    'models: { __proto__: { table: x } }',
    '? [a, b]\n: c',
    '"',
    '{',
    '['.repeat(20_000),
    `a: ${'{ b: '.repeat(80)}${'}'.repeat(80)}`,
  ]
  for (const text of texts) expect(parseCatalog([{ name: 'a.yaml', text }]).ok, text).toBe(false)
})
