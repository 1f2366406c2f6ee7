import type { Calendar } from '../../src/base/periods.ts'
import type { Catalog, FieldType, Model } from '../../src/catalog/catalog.ts'
import type { FixtureColumn, FixtureTable } from '../conformance/fixture.ts'
import type { Row, Value } from '../oracle/values.ts'
import { addWays, type Made, relate, toField } from './add-ways.ts'
import { createDice, type Dice, happens, pick } from './dice.ts'

/** A made-up company: a catalog, and tables with rows for it. */
export interface World {
  readonly seed: number
  readonly catalog: Catalog
  readonly tables: readonly FixtureTable[]
}

const modelNames = ['account', 'user', 'order', 'event', 'group', 'from', 'Ticket', 'invoice'] as const
const fieldNames = [
  'name',
  'plan',
  'by',
  'month',
  'count',
  'amount',
  'Size',
  'at',
  'where',
  'is_on',
  'day',
  'score',
  'last seen',
] as const
const sqlTypes: Readonly<Record<FieldType, readonly string[]>> = {
  text: ['TEXT', 'VARCHAR(40)'],
  number: ['INTEGER', 'BIGINT', 'DECIMAL(12, 2)', 'DOUBLE PRECISION', 'SMALLINT'],
  boolean: ['BOOLEAN'],
  date: ['DATE'],
  timestamp: ['TIMESTAMP', 'TIMESTAMP WITH TIME ZONE'],
}
const texts = ['a', 'A', 'b', '', ' ', 'Ä', '50%', "O'Hara", 'x_y', '日本', 'pro', 'Pro', '12', '-3.5']
const startMs = Date.UTC(2024, 0, 1)
const hourMs = 3_600_000

const calendars: readonly Calendar[] = [
  { timezone: 'UTC', weekStarts: 1, fiscalYearStarts: 1 },
  { timezone: 'Europe/Tallinn', weekStarts: 1, fiscalYearStarts: 1 },
  { timezone: 'America/New_York', weekStarts: 7, fiscalYearStarts: 2 },
  { timezone: 'Australia/Lord_Howe', weekStarts: 6, fiscalYearStarts: 7 },
  { timezone: 'Asia/Kolkata', weekStarts: 1, fiscalYearStarts: 4 },
]

/** Few different values, so that there are ties; long gaps between times. */
function drawValue(dice: Dice, { type, sqlType }: FixtureColumn): Value {
  if (happens(dice, 6)) return null
  if (type === 'text') return pick(dice, texts)
  if (type === 'boolean') return happens(dice, 2)
  if (type === 'timestamp') return startMs + dice(90) * 97 * hourMs + dice(3) * 1_800_000
  if (type === 'date') return new Date(startMs + dice(60) * 7 * 24 * hourMs).toISOString().slice(0, 10)
  if (sqlType.startsWith('DEC') || sqlType.startsWith('DOU')) return (dice(80) - 12) / 4
  return dice(12) - 2
}

const drawColumns = (dice: Dice): readonly FixtureColumn[] =>
  [...fieldNames]
    .sort(() => dice(3) - 1)
    .slice(0, 3 + dice(4))
    .map((name, at) => {
      // Each model has a number, a text and a time.
      const type =
        at < 3
          ? (['number', 'text', 'timestamp'] as const)[at]!
          : pick(dice, ['text', 'number', 'boolean', 'date'] as const)
      return { name, type, sqlType: pick(dice, sqlTypes[type]) }
    })

function makeModel(dice: Dice, name: string, table: string, parents: readonly Made[]): Made {
  const columns = drawColumns(dice)
  const time = columns.find(({ type }) => type === 'timestamp')!
  const count = pick(dice, [0, 1, 8, 20, 30])
  const keys = parents.map(
    (parent): FixtureColumn => ({ name: `${parent.model.name}_id`, type: 'number', sqlType: 'INTEGER' }),
  )
  const rows = Array.from(
    { length: count },
    (_, at): Row => ({
      id: at + 1,
      ...Object.fromEntries(columns.map((column) => [column.name, drawValue(dice, column)])),
      // Orphans, empty references, parents without children.
      ...Object.fromEntries(keys.map((key) => [key.name, happens(dice, 8) ? null : 1 + dice(12)])),
    }),
  )
  const id: FixtureColumn = { name: 'id', type: 'number', sqlType: 'INTEGER' }
  const all = [id, ...columns, ...keys]
  const model: Model = {
    name,
    source: { table },
    key: ['id'],
    label: name,
    description: undefined,
    synonyms: [],
    fields: Object.fromEntries(
      [...[toField(id, true)], ...columns.map((one) => toField(one, false))].map((one) => [one.name, one]),
    ),
    relations: {},
    semantics: {
      kind: 'other',
      name: columns.find(({ type }) => type === 'text')!.name,
      created: undefined,
      time: time.name,
    },
    metrics: {
      [`new_${name}`]: {
        name: `new_${name}`,
        model: name,
        label: `new ${name}`,
        description: undefined,
        measure: 'count()',
        time: time.name,
        good: undefined,
        slices: [],
        unit: undefined,
        format: 'number',
      },
    },
    policies: [],
    explorations: [],
  }
  return { model, table: { name: table, columns: all, rows } }
}

/** Parents look at their children, children at their parents. */
function addRelations(made: readonly Made[], parentsOf: ReadonlyMap<string, readonly string[]>): readonly Made[] {
  return made.map(({ model, table }) => {
    const up = (parentsOf.get(model.name) ?? []).map((parent) =>
      relate(`of_${parent}`, parent, 'one', `${parent}_id`, 'id'),
    )
    const down = [...parentsOf]
      .filter(([, parents]) => parents.includes(model.name))
      .map(([child]) => relate(`all_${child}`, child, 'many', 'id', `${model.name}_id`))
    return { table, model: { ...model, relations: Object.fromEntries([...up, ...down].map((one) => [one.name, one])) } }
  })
}

/**
 * The world of a seed: two to four models that refer to each other, trees, histories and a bridge among them, rows with empty values, ties, gaps
 * and orphans, a calendar.
 */
export function generateWorld(seed: number): World {
  const dice = createDice(seed)
  const names = [...modelNames].sort(() => dice(3) - 1).slice(0, 2 + dice(3))
  const made: Made[] = []
  const parentsOf = new Map<string, readonly string[]>()
  for (const name of names) {
    const parents = made.filter(() => dice(3) > 0).slice(0, 2)
    parentsOf.set(
      name,
      parents.map(({ model }) => model.name),
    )
    made.push(makeModel(dice, name, `w${seed}_${name.toLowerCase()}`, parents))
  }
  const ways = addWays(addRelations(made, parentsOf), parentsOf, `w${seed}`, dice)
  const models = ways.made.map(({ model }) => model)
  const calendar = pick(dice, calendars)
  return {
    seed,
    catalog: { models: Object.fromEntries(models.map((model) => [model.name, model])), calendar, events: [] },
    tables: [...ways.made.map(({ table }) => table), ...ways.bridges],
  }
}
