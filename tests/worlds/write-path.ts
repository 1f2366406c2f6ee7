import type { FieldType, Model, Relation as Way } from '../../src/catalog/catalog.ts'
import type { Relation } from '../../src/dsl/check/relation.ts'
import { quoteName, quotePath } from '../../src/dsl/text/quote.ts'
import { type Dice, happens, pick } from './dice.ts'

/** What may be named at a place. */
export interface Names {
  readonly relation: Relation
  readonly models: Readonly<Record<string, Model>>
}

export const literals: Readonly<Record<FieldType, readonly string[]>> = {
  text: ['"a"', '"pro"', '""', '"%"', '"12"'],
  number: ['0', '1', '2.5', '-1', '7', '100'],
  boolean: ['true', 'false'],
  date: ['2024-02-29', '2024-06-30'],
  timestamp: ['2024-03-31', '2024-10-27T01:30:00Z'],
}

const listWays = (model: Model | undefined, cardinality: Way['cardinality']): readonly Way[] =>
  Object.values(model?.relations ?? {}).filter((way) => way.cardinality === cardinality)

const listFields = (model: Model | undefined, type?: FieldType) =>
  Object.values(model?.fields ?? {}).filter((field) => !field.hidden && (type === undefined || field.type === type))

/** Paths to a value of `type`: columns, fields over one or two to-one relations, and what held on a day. */
export function listPaths({ relation, models }: Names, type: FieldType): readonly string[] {
  const columns = relation.columns.filter((column) => column.type === type).map(({ name }) => quoteName(name))
  const over = (model: Model | undefined, before: readonly string[], depth: number): readonly string[] =>
    listWays(model, 'one').flatMap(({ name, to, valid }) => {
      const path = [...before, name]
      const found = listFields(models[to], type).map((field) => quotePath([...path, field.name]))
      const then = valid ? found.map((one) => `as_of(${one}, 2024-04-15)`) : []
      return [...found, ...then, ...(depth > 1 ? over(models[to], path, depth - 1) : [])]
    })
  return [...columns, ...columns, ...over(relation.rows?.scan.model, [], 2)]
}

/** Related rows, the path that leads to them, and what may be named of them. */
export interface Many {
  readonly path: string
  readonly fields: ReturnType<typeof listFields>
  readonly model: Model
}

/** A way to many rows: mostly one relation, else one behind another of either kind. */
export function drawMany(dice: Dice, { relation, models }: Names): Many | undefined {
  const own = relation.rows?.scan.model
  const direct = listWays(own, 'many').map((way) => ({ path: [way.name], to: way.to }))
  const behindOne = listWays(own, 'one').flatMap((way) =>
    listWays(models[way.to], 'many').map((next) => ({ path: [way.name, next.name], to: next.to })),
  )
  const behindMany = listWays(own, 'many').flatMap((way) =>
    [...listWays(models[way.to], 'many'), ...listWays(models[way.to], 'one')].map((next) => ({
      path: [way.name, next.name],
      to: next.to,
    })),
  )
  const far = [...behindOne, ...behindMany]
  const ways = far.length > 0 && happens(dice, 3) ? far : direct
  if (ways.length === 0) return undefined
  const { path, to } = pick(dice, ways)
  return { path: quotePath(path), fields: listFields(models[to]), model: models[to]! }
}

/** A condition on related rows; with `names`, now and then against the row outside. */
export function writeInnerCondition(dice: Dice, { fields, model }: Many, names: Names | undefined): string {
  const { name, type } = pick(dice, fields)
  if (happens(dice, 3)) return `${quoteName(name)} is ${happens(dice, 2) ? 'not ' : ''}empty`
  const outer = names?.relation.columns.filter((column) => column.type === type) ?? []
  const isOuter = outer.length > 0 && happens(dice, 4)
  const value = isOuter ? quotePath(['this', pick(dice, outer).name]) : pick(dice, literals[type])
  const ones = listWays(model, 'one')
  if (ones.length > 0 && happens(dice, 8)) return `${quoteName(pick(dice, ones).name)} is not empty`
  return `${quoteName(name)} ${pick(dice, ['=', '!=', '>'])} ${value}`
}

/** Whether a row above or below meets a condition, where the model has rows above rows. */
export function writeUnder(dice: Dice, { relation }: Names): string | undefined {
  const model = relation.rows?.scan.model
  if (!model?.relations.above) return undefined
  const { name, type } = pick(dice, listFields(model))
  return `${pick(dice, ['under', 'above'])}(above where ${quoteName(name)} ${pick(dice, ['=', '!=', '>'])} ${pick(dice, literals[type])})`
}
