import type { Field, Model, Relation } from '../../src/catalog/catalog.ts'
import type { FixtureColumn, FixtureTable } from '../conformance/fixture.ts'
import type { Row, Value } from '../oracle/values.ts'
import { type Dice, happens, pick } from './dice.ts'

export interface Made {
  readonly model: Model
  readonly table: FixtureTable
}

export const toField = ({ name, type }: FixtureColumn, hidden: boolean): Field => ({
  name,
  column: name,
  type,
  label: name,
  description: undefined,
  synonyms: [],
  unit: undefined,
  values: [],
  hidden,
  pii: false,
})

export const relate = (
  name: string,
  to: string,
  cardinality: Relation['cardinality'],
  own: string,
  other: string,
): Relation => ({
  name,
  label: name,
  to,
  cardinality,
  pairs: [{ own, other }],
  valid: undefined,
  through: undefined,
})

const integer = (name: string): FixtureColumn => ({ name, type: 'number', sqlType: 'INTEGER' })

const withRelations = (model: Model, ...relations: readonly Relation[]): Model => ({
  ...model,
  relations: { ...model.relations, ...Object.fromEntries(relations.map((one) => [one.name, one])) },
})

const withColumn = (table: FixtureTable, column: FixtureColumn, value: (row: Row) => Value): FixtureTable => ({
  ...table,
  columns: [...table.columns, column],
  rows: table.rows.map((row) => ({ ...row, [column.name]: value(row) })),
})

/** Rows above rows: with rings, rows above themselves, strangers and roots. */
function growTree({ model, table }: Made, dice: Dice): Made {
  const above = withColumn(table, integer('above_id'), () => (happens(dice, 3) ? null : 1 + dice(12)))
  const { name } = model
  const relations = [relate('above', name, 'one', 'above_id', 'id'), relate('below', name, 'many', 'id', 'above_id')]
  return { table: above, model: withRelations(model, ...relations) }
}

const dayMs = 86_400_000
const startMs = Date.UTC(2024, 0, 1)
const drawMoment = (dice: Dice, { type }: FixtureColumn): Value => {
  const at = startMs + dice(60) * 7 * dayMs
  return type === 'date' ? new Date(at).toISOString().slice(0, 10) : at
}

/** Rows that hold for a time: some overlap, begin together, end before they begin, or never end. The parents look at the one that holds. */
function keepHistory(child: Made, parent: Made, dice: Dice): readonly [child: Made, parent: Made] {
  const type = pick(dice, ['date', 'timestamp'] as const)
  const [begins, ends] = ['begins', 'ends'].map(
    (name): FixtureColumn => ({ name, type, sqlType: type === 'date' ? 'DATE' : 'TIMESTAMP' }),
  ) as [FixtureColumn, FixtureColumn]
  const begun = withColumn(child.table, begins, () => (happens(dice, 8) ? null : drawMoment(dice, begins)))
  const table = withColumn(begun, ends, () => (happens(dice, 3) ? null : drawMoment(dice, ends)))
  const fields = { ...child.model.fields, begins: toField(begins, false), ends: toField(ends, false) }
  const then: Relation = {
    ...relate(`then_${child.model.name}`, child.model.name, 'one', 'id', `${parent.model.name}_id`),
    valid: ['begins', 'ends'],
  }
  return [
    { table, model: { ...child.model, fields } },
    { ...parent, model: withRelations(parent.model, then) },
  ]
}

/** A table of pairs between two models: pairs that stand twice, halves of pairs, strangers. */
function buildBridge(one: Made, other: Made, name: string, dice: Dice) {
  const [left, right] = [one, other].map(({ model }) => `${model.name}_id`) as [string, string]
  const drawId = () => (happens(dice, 9) ? null : 1 + dice(11))
  const rows = Array.from({ length: pick(dice, [0, 6, 30]) }, (): Row => ({ [left]: drawId(), [right]: drawId() }))
  const over = (from: Made, to: Made): Made => {
    const relation: Relation = { ...relate('unused', to.model.name, 'many', '', ''), pairs: [], through: name }
    const named = { ...relation, name: `met_${to.model.name}`, label: `met_${to.model.name}` }
    return { ...from, model: withRelations(from.model, named) }
  }
  const table: FixtureTable = { name, columns: [integer(left), integer(right)], rows }
  return { one: over(one, other), other: over(other, one), table }
}

/** Trees, histories and a bridge among models that refer to each other. */
export function addWays(
  made: readonly Made[],
  parentsOf: ReadonlyMap<string, readonly string[]>,
  name: string,
  dice: Dice,
): { readonly made: readonly Made[]; readonly bridges: readonly FixtureTable[] } {
  const all = made.map((one) => (happens(dice, 2) ? growTree(one, dice) : one))
  const place = (wanted: string | undefined) => all.findIndex(({ model }) => model.name === wanted)
  for (const [at, { model }] of all.entries()) {
    const parent = place(parentsOf.get(model.name)?.[0])
    if (parent < 0 || happens(dice, 2)) continue
    const [child, above] = keepHistory(all[at]!, all[parent]!, dice)
    all[at] = child
    all[parent] = above
  }
  const [first, second] = [dice(all.length), dice(all.length)]
  if (first === second) return { made: all, bridges: [] }
  const { one, other, table } = buildBridge(all[first]!, all[second]!, `${name}_bridge`, dice)
  all[first] = one
  all[second] = other
  return { made: all, bridges: [table] }
}
