import type { ColumnType } from '../../src/dsl/plan/plan.ts'
import type { Tables } from '../oracle/interpret.ts'
import type { Row, Value } from '../oracle/values.ts'
import { createDice } from '../worlds/dice.ts'

export interface FixtureColumn {
  readonly name: string
  /** As a catalog declares it. */
  readonly type: ColumnType
  /** As both engines know it. */
  readonly sqlType: string
}

export interface FixtureTable {
  readonly name: string
  readonly columns: readonly FixtureColumn[]
  readonly rows: readonly Row[]
}

const column = (name: string, type: ColumnType, sqlType: string): FixtureColumn => ({ name, type, sqlType })

/** Hours around which clocks change in Tallinn, New York and Sydney, in 2024 and 2025; others around a year's end. */
const instants = [
  '2024-03-31T00:30:00Z',
  '2024-03-31T01:00:00Z',
  '2024-10-26T23:30:00Z',
  '2024-10-27T00:30:00Z',
  '2024-10-27T01:30:00Z',
  '2024-10-26T21:00:00Z',
  '2024-11-03T05:30:00Z',
  '2024-11-03T06:30:00Z',
  '2024-03-10T06:59:59Z',
  '2024-03-10T07:00:00Z',
  '2024-04-06T15:59:59.500Z',
  '2024-04-06T16:00:00Z',
  '2024-10-05T15:30:00Z',
  '2024-12-31T21:59:59Z',
  '2024-12-31T22:00:00Z',
  '2025-01-01T00:00:00Z',
  '2025-01-05T23:15:00Z',
  '2025-01-06T00:00:00.125Z',
  '2025-03-30T01:00:00Z',
  '2025-05-17T12:34:56Z',
].map(Date.parse)

const names = [
  'Ann',
  'ann',
  'Ärna',
  'Zoë',
  '50%',
  '5_0',
  "O'Hara",
  'Ω mega',
  '日本',
  '😀 smile',
  '\uffe6won',
  'back\\slash',
  '',
  ' pad ',
  null,
]
const plans = ['free', 'pro', 'enterprise', 'pro', null, 'Pro']
const countries = ['EE', 'DE', 'US', null]

// The seed of the numbers that worked answers were counted by.
const dice = createDice(0x9e3779be)
const pick = (values: readonly Value[]): Value => values[dice(values.length)] ?? null
const dayOf = (instant: Value): Value =>
  instant === null ? null : new Date(Number(instant)).toISOString().slice(0, 10)

const accounts = Array.from({ length: 45 }, (_, at): Row => {
  const created = at % 11 === 10 ? null : pick(instants)
  return {
    id: at + 1,
    name: names[at % names.length]!,
    plan: pick(plans),
    country: pick(countries),
    created_at: created,
    signed_on: at % 9 === 0 ? null : dayOf(pick(instants)),
    seats: at % 7 === 3 ? null : dice(12) - 2,
    // Two decimals in the table; halves and quarters here, so that sums are exact in any order.
    mrr: at % 6 === 5 ? null : (dice(800) - 40) / 4,
    weight: at % 8 === 1 ? null : (dice(64) - 16) / 8,
    big: at % 5 === 0 ? null : 9_007_199_254_740_993n + BigInt(dice(5)) * 2n,
    active: pick([true, false, null]),
  }
})

const users = Array.from(
  { length: 90 },
  (_, at): Row => ({
    id: at + 1,
    // Orphans, empty references, and accounts without users.
    account_id: at % 13 === 0 ? null : at % 17 === 0 ? 900 + at : 1 + dice(30),
    role: pick(['admin', 'member', 'member', null]),
    joined_at: at % 10 === 9 ? null : pick(instants),
    logins: at % 12 === 4 ? null : dice(20),
  }),
)

/** What users did: at times that tie, minutes, hours and days apart; of nobody, of a stranger, without a name or a time. */
const events = Array.from({ length: 220 }, (_, at): Row => {
  const instant = Number(pick(instants)) + dice(4) * Number(pick([0, 600_000, 3_600_000, 86_400_000, 432_000_000]))
  return {
    id: at + 1,
    user_id: at % 19 === 0 ? null : at % 23 === 0 ? 900 + at : 1 + dice(24),
    name: pick(['signup', 'use', 'use', 'use', 'pay', "O'Hara", null]),
    at: at % 17 === 5 ? null : instant,
    day: at % 13 === 8 ? null : dayOf(instant),
  }
})

/** A tree of accounts: strangers above, one above itself, and three in a ring. */
const parents: readonly Value[] = accounts.map((_, at) => {
  if (at % 5 === 2) return null
  if (at === 20) return 21
  if (at === 30 || at === 31 || at === 32) return at === 32 ? 31 : at + 2
  return at % 17 === 16 ? 900 : 1 + dice(at + 1)
})

/** Terms of accounts over time: that overlap, leave gaps, never ended, never began, end before they begin; of strangers and of nobody. */
const terms = Array.from({ length: 70 }, (_, at): Row => {
  const begin = Number(pick(instants)) + dice(3) * 1_800_000
  const length = dice(5) * 86_400_000 * dice(90) - (at % 12 === 3 ? 86_400_000 : 0)
  const isOpen = at % 4 === 1
  return {
    id: at + 1,
    account_id: at % 21 === 20 ? null : at % 29 === 28 ? 950 : 1 + dice(25),
    level: pick(['low', 'mid', 'high', null]),
    price: at % 9 === 4 ? null : dice(40) / 4,
    from_at: at % 15 === 7 ? null : begin,
    to_at: isOpen ? null : begin + length,
    from_on: at % 15 === 7 ? null : dayOf(begin),
    to_on: isOpen ? null : dayOf(begin + length),
  }
})

const tags = Array.from(
  { length: 9 },
  (_, at): Row => ({ id: at + 1, label: pick(['new', 'old', "O'Hara", null]), points: at === 4 ? null : dice(16) / 4 }),
)

/** Which account has which tag: pairs that stand twice, halves of pairs, strangers on either side. */
const accountTags = Array.from(
  { length: 80 },
  (_, at): Row => ({
    account_id: at % 19 === 6 ? null : at % 23 === 9 ? 901 : 1 + dice(20),
    tag_id: at % 17 === 8 ? null : at % 25 === 11 ? 77 : 1 + dice(8),
  }),
)

/** The rows that every engine is asked about: empty values, ties, gaps in time, orphans, odd letters, large numbers. */
export const fixture: readonly FixtureTable[] = [
  {
    name: 'accounts',
    columns: [
      column('id', 'number', 'INTEGER'),
      column('name', 'text', 'TEXT'),
      column('plan', 'text', 'VARCHAR(20)'),
      column('country', 'text', 'TEXT'),
      column('created_at', 'timestamp', 'TIMESTAMP'),
      column('signed_on', 'date', 'DATE'),
      column('seats', 'number', 'INTEGER'),
      column('mrr', 'number', 'DECIMAL(10, 2)'),
      column('weight', 'number', 'DOUBLE PRECISION'),
      column('big', 'number', 'BIGINT'),
      column('active', 'boolean', 'BOOLEAN'),
      column('parent_id', 'number', 'INTEGER'),
    ],
    rows: accounts.map((row, at) => ({ ...row, parent_id: parents[at]! })),
  },
  {
    name: 'users',
    columns: [
      column('id', 'number', 'BIGINT'),
      column('account_id', 'number', 'INTEGER'),
      column('role', 'text', 'TEXT'),
      column('joined_at', 'timestamp', 'TIMESTAMP WITH TIME ZONE'),
      column('logins', 'number', 'SMALLINT'),
    ],
    rows: users,
  },
  {
    name: 'events',
    columns: [
      column('id', 'number', 'INTEGER'),
      column('user_id', 'number', 'BIGINT'),
      column('name', 'text', 'TEXT'),
      column('at', 'timestamp', 'TIMESTAMP'),
      column('day', 'date', 'DATE'),
    ],
    rows: events,
  },
  {
    name: 'terms',
    columns: [
      column('id', 'number', 'INTEGER'),
      column('account_id', 'number', 'INTEGER'),
      column('level', 'text', 'TEXT'),
      column('price', 'number', 'DOUBLE PRECISION'),
      column('from_at', 'timestamp', 'TIMESTAMP'),
      column('to_at', 'timestamp', 'TIMESTAMP'),
      column('from_on', 'date', 'DATE'),
      column('to_on', 'date', 'DATE'),
    ],
    rows: terms,
  },
  {
    name: 'tags',
    columns: [
      column('id', 'number', 'INTEGER'),
      column('label', 'text', 'TEXT'),
      column('points', 'number', 'DOUBLE PRECISION'),
    ],
    rows: tags,
  },
  {
    name: 'account_tags',
    columns: [column('account_id', 'number', 'INTEGER'), column('tag_id', 'number', 'INTEGER')],
    rows: accountTags,
  },
]

function writeValue(value: Value, type: ColumnType): string {
  if (value === null) return 'NULL'
  if (type === 'timestamp') return `'${new Date(Number(value)).toISOString()}'`
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
  return String(value)
}

/** Statements that make tables on either engine. */
export const writeTables = (tables: readonly FixtureTable[]): readonly string[] =>
  tables.flatMap(({ name, columns, rows }) => [
    `CREATE TABLE ${name} (${columns.map((one) => `"${one.name}" ${one.sqlType}`).join(', ')})`,
    ...rows
      .slice(0, 1)
      .map(
        () =>
          `INSERT INTO ${name} VALUES ${rows
            .map((row) => `(${columns.map((one) => writeValue(row[one.name] ?? null, one.type)).join(', ')})`)
            .join(', ')}`,
      ),
  ])

/** The rows of tables by their names, as the oracle reads them. */
export const readTables = (tables: readonly FixtureTable[]): Tables =>
  Object.fromEntries(tables.map(({ name, rows }) => [name, rows]))

export const fixtureTables = readTables(fixture)
export const fixtureStatements = writeTables(fixture)
