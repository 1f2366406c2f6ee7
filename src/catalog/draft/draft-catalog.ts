import type { DraftModel } from './draft.ts'
import { draftFields, isSecret } from './draft-fields.ts'
import { draftMetrics } from './draft-metrics.ts'
import { isStatus } from './draft-rates.ts'
import { draftRelations, selectReferences } from './draft-relations.ts'
import { draftPaths, draftSlices } from './draft-slices.ts'
import type { SeenField } from './metric-input.ts'
import { hasWord, plainName, singular, tableSubject } from './name-words.ts'
import { quoteColumn, quoteTable } from './quote-sql.ts'
import type { CheckedReference, Inspection, TableProfile } from './table-profile.ts'

const kinds: readonly (readonly [DraftModel['semantics']['kind'], readonly string[]])[] = [
  [
    'account',
    [
      'account',
      'accounts',
      'customer',
      'customers',
      'company',
      'companies',
      'organization',
      'organizations',
      'organisation',
      'organisations',
      'org',
      'orgs',
      'workspace',
      'workspaces',
      'merchant',
      'merchants',
      'tenant',
      'tenants',
      'client',
      'clients',
    ],
  ],
  ['user', ['user', 'users', 'member', 'members', 'person', 'people', 'contact', 'contacts', 'sysuser']],
  ['subscription', ['subscription', 'subscriptions', 'contract', 'contracts']],
  ['invoice', ['invoice', 'invoices', 'payment', 'payments', 'charge', 'charges']],
  ['ticket', ['ticket', 'tickets', 'incident', 'incidents', 'case', 'cases']],
  [
    'event',
    [
      'event',
      'events',
      'activity',
      'activities',
      'log',
      'logs',
      'session',
      'sessions',
      'pageviews',
      'visit',
      'visits',
      'login',
      'logins',
    ],
  ],
]
const beginWords = [
  'created',
  'opened',
  'signup',
  'registered',
  'joined',
  'started',
  'start',
  'ordered',
  'issued',
  'first',
  'invoice',
  'order',
  'placed',
  'at',
  'time',
  'timestamp',
  'date',
]
const lateWords = [
  'updated',
  'modified',
  'synced',
  'closed',
  'ended',
  'end',
  'due',
  'birth',
  'deleted',
  'last',
  'paid',
  'resolved',
  'processed',
]

/** A table with at most so many rows has too few a day to be watched day by day: it is looked at as a whole. */
const portraitRowsMax = 2_000

/**
 * A catalog as it can be guessed from names and rows: keys, types, relations, vocabularies, times, and the metrics that follow. Every
 * guess carries its reason. It passes `hunch check`, and is meant to be read and mended by somebody who knows the data.
 */
export function draftCatalog(inspection: Inspection): readonly DraftModel[] {
  const names = nameModels(inspection.tables)
  const modelOf = (table: string) => names.get(table) ?? plainName(table)
  const references = selectReferences(inspection.references)
  const seen = new Map(inspection.tables.map((table) => [modelOf(table.table), seeFields(table, references)]))
  const slicesOf = (model: string) => {
    const table = inspection.tables.find((one) => modelOf(one.table) === model)
    return draftSlices(seen.get(model) ?? [], table?.looked ?? 0)
  }
  const taken = new Set<string>()
  return inspection.tables.map((table) => {
    const model = draftModel(table, { inspection, references, modelOf, seen, slicesOf })
    const metrics = model.metrics.map((metric) => {
      const name = taken.has(metric.name) ? `${model.name}_${metric.name}` : metric.name
      taken.add(name)
      return { ...metric, name }
    })
    return { ...model, metrics }
  })
}

interface Surroundings {
  readonly inspection: Inspection
  readonly references: readonly CheckedReference[]
  readonly modelOf: (table: string) => string
  readonly seen: ReadonlyMap<string, readonly SeenField[]>
  readonly slicesOf: (model: string) => readonly string[]
}

function draftModel(table: TableProfile, around: Surroundings): DraftModel {
  const { inspection, references, modelOf, seen, slicesOf } = around
  const name = modelOf(table.table)
  const own = seen.get(name) ?? []
  const borrowed = findTime(own) ? undefined : borrowTime(table, around)
  const fields = borrowed ? [...own, borrowed.field] : own
  const relations = draftRelations(
    table.table,
    references,
    modelOf,
    fields.map((field) => field.name),
  )
  const last = name
    .replace(/_(list|record|master)$/, '')
    .split('_')
    .at(-1)!
  const kind = kinds.find(([, words]) => words.includes(last))?.[0] ?? 'other'
  const time = findTime(fields)
  const slices = [...slicesOf(name), ...draftPaths(fields, relations, slicesOf)]
  const spans = inspection.spans.filter((span) => span.table === table.table)
  const input = { model: name, kind, fields, relations, spans, rows: table.looked, slices }
  const title = fields.find(
    (field) => field.type === 'text' && !field.hidden && ['name', 'title', 'full_name'].includes(field.name),
  )
  return {
    name,
    table: table.table,
    tableNote: `${table.rows} rows${table.looked < table.rows ? `, of which ${table.looked} were looked at` : ''}${describeSecrets(table)}`,
    sql: borrowed?.sql,
    key: table.key.length > 0 ? table.key : table.columns.slice(0, 1).map((column) => column.name),
    keyNote: describeKey(table),
    fields,
    relations,
    semantics: {
      kind,
      name: title?.name,
      created: kind === 'event' ? undefined : time,
      time: kind === 'event' ? time : undefined,
    },
    metrics: time === undefined ? [] : draftMetrics({ ...input, time }),
    portrait: time !== undefined && table.rows <= portraitRowsMax,
    metricsNote: time === undefined ? 'no metrics: no column says when a row came to be' : describeLeftOut(fields),
  }
}

/** One name a table: what its rows are, with its whole name and schema where two would be alike. */
function nameModels(tables: readonly TableProfile[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const { table } of tables) {
    const short = tableSubject(table)
    const taken = new Set(names.values())
    let name = taken.has(short) ? singular(plainName(table)) : short
    for (let number = 2; taken.has(name); number++) name = `${short}_${number}`
    names.set(table, name)
  }
  return names
}

function seeFields(table: TableProfile, references: readonly CheckedReference[]): readonly SeenField[] {
  const columns = new Set(references.filter((reference) => reference.table === table.table).map(({ column }) => column))
  const fields = draftFields(table, columns).map((field, index) => ({ ...field, seen: table.columns[index]! }))
  return fields.filter(({ seen }) => !isSecret(seen))
}

/** The field that says when a row came to be: a time that most rows have, by its name. */
function findTime(fields: readonly SeenField[]): string | undefined {
  const rank = ({ name, seen }: SeenField) =>
    (seen.empty === 0 ? 2 : 0) + (hasWord(name, beginWords) ? 1 : 0) - (hasWord(name, lateWords) ? 2 : 0)
  const times = fields.filter(({ type, seen }) => (type === 'timestamp' || type === 'date') && seen.distinct > 1)
  const [best] = times.toSorted((a, b) => rank(b) - rank(a))
  return best?.name
}

/** A table without a time of its own (order lines) takes that of the row it belongs to (the order). */
function borrowTime(table: TableProfile, { inspection, references, modelOf, seen }: Surroundings) {
  const { quote } = inspection
  for (const reference of references.filter((one) => one.table === table.table && one.toTable !== table.table)) {
    const parent = seen.get(modelOf(reference.toTable)) ?? []
    const time = parent.find(({ name }) => name === findTime(parent))
    if (!time || table.columns.some(({ name }) => name === time.column)) continue
    const sql = [
      `select own.*, parent.${quoteColumn(time.column, quote)}`,
      `from ${quoteTable(table.table, quote)} as own`,
      `left join ${quoteTable(reference.toTable, quote)} as parent on parent.${quoteColumn(reference.toColumn, quote)} = own.${quoteColumn(reference.column, quote)}`,
    ].join('\n')
    return {
      sql,
      field: {
        ...time,
        note: `taken from \`${modelOf(reference.toTable)}\`, for ${table.table} have no time of their own`,
      },
    }
  }
  return undefined
}

function describeSecrets({ columns }: TableProfile): string {
  const secrets = columns.filter(isSecret).map(({ name }) => `\`${name}\``)
  return secrets.length === 0 ? '' : `; ${secrets.join(', ')} left out as secret by the name`
}

function describeKey({ key, looked, rows, isDeclared }: TableProfile): string {
  if (isDeclared) return 'declared as the primary key'
  if (key.length === 0) return 'GUESS: no column and no pair of columns identifies a row; name those that do'
  return `${key.length > 1 ? 'unique together' : 'unique'} and never empty${looked < rows ? ' among those looked at' : ''}`
}

function describeLeftOut(fields: readonly SeenField[]): string | undefined {
  const status = fields.filter(({ name, type, seen }) => type === 'text' && isStatus(name) && seen.distinct > 1)
  if (status.length === 0) return undefined
  return `not sliced by ${status.map(({ name }) => `\`${name}\``).join(', ')}, which ${status.length > 1 ? 'change' : 'changes'} as a row grows older: the latest rows would always look different`
}
