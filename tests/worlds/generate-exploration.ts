import { isError } from '../../src/base/diagnostic.ts'
import type { Catalog } from '../../src/catalog/catalog.ts'
import { findRelation } from '../../src/dsl/assist/find-place.ts'
import type { Relation } from '../../src/dsl/check/relation.ts'
import { diagnose, type PlanContext } from '../../src/dsl/plan/plan-exploration.ts'
import { quoteName } from '../../src/dsl/text/quote.ts'
import { type Dice, happens, pick } from './dice.ts'
import type { World } from './generate-world.ts'
import { writeAggregate, writeCondition, writeExpression, writeRange } from './write-expression.ts'
import type { Names } from './write-path.ts'
import { productWriters } from './write-product-step.ts'

/** The day on which all of them are asked: in the middle of what the rows hold. */
export const worldAsOf = '2024-08-15'

export const worldContext = ({ catalog }: World): PlanContext => ({
  catalog,
  calendar: catalog.calendar,
  asOf: worldAsOf,
})

const grains = ['day', 'week', 'month', 'quarter', 'year', 'hour'] as const
const newNames = ['x', 'y', 'n', 'total', 'share', 'by', 'month', 'Of It', 'of_it'] as const

const columnsOf = (relation: Relation, type?: string): readonly string[] =>
  relation.columns.filter((column) => type === undefined || column.type === type).map(({ name }) => quoteName(name))

const drawColumn = (dice: Dice, relation: Relation, type?: string): string => {
  const found = columnsOf(relation, type)
  return found.length > 0 ? pick(dice, found) : 'nothing'
}

const drawTime = (dice: Dice, relation: Relation) => drawColumn(dice, relation, pick(dice, ['timestamp', 'date']))

function writeKey(dice: Dice, names: Names): string {
  const { relation } = names
  if (happens(dice, 2)) return `${pick(dice, grains)}(${drawTime(dice, relation)})`
  if (happens(dice, 4)) {
    const one = Object.values(relation.rows?.scan.model.relations ?? {}).find(
      ({ cardinality }) => cardinality === 'one',
    )
    if (one) return quoteName(one.name)
  }
  if (happens(dice, 5))
    return `k = ${writeExpression(dice, names, pick(dice, ['text', 'number', 'boolean'] as const), 1)}`
  return drawColumn(dice, relation, pick(dice, ['text', 'boolean', 'number', 'text']))
}

const writeGroup = (dice: Dice, names: Names): string => {
  const measures = Array.from({ length: 1 + dice(3) }, (_, at) => `m${at} = ${writeMeasure(dice, names)}`).join(', ')
  const keys = Array.from({ length: dice(3) }, () => writeKey(dice, names))
  return keys.length === 0 ? `group all: ${measures}` : `group by ${keys.join(', ')}: ${measures}`
}

const writeMeasure = (dice: Dice, names: Names): string =>
  happens(dice, 4)
    ? `${writeAggregate(dice, names)} ${pick(dice, ['+', '-', '*', '/'])} ${writeAggregate(dice, names)}`
    : writeAggregate(dice, names)

const acrossForms = [
  'previous(#)',
  'previous(#, 1 year)',
  'next(#)',
  'change(#)',
  'pct_change(#)',
  'total(#)',
  'total(# per @)',
  'running_sum(#)',
  'moving_avg(#, 3)',
  'rank(#)',
  'rank(# per @)',
  'row_number()',
  'ntile(#, 3)',
] as const

function writeAcross(dice: Dice, { relation }: Names): string {
  const form = pick(dice, acrossForms)
  return form.replace('#', drawColumn(dice, relation, 'number')).replace('@', drawColumn(dice, relation))
}

const writeFill = (dice: Dice, { relation }: Names): string => {
  const keys = relation.grain.kind === 'keys' ? relation.grain.keys : []
  const axis = relation.columns.find(({ name, bucket }) => bucket !== undefined && keys.includes(name))?.name
  const others = keys.filter((key) => key !== axis).map(quoteName)
  const per = others.length > 0 ? ` per ${others.join(', ')}` : ''
  return `fill ${axis === undefined ? 'nothing' : quoteName(axis)}${per}${pick(dice, ['', ' with 0', ' with previous'])}`
}

const writeShow = (dice: Dice, { relation }: Names): string => {
  const shown = columnsOf(relation).filter(() => dice(3) > 0)
  return `show ${shown.map((name, at) => (happens(dice, 5) ? `${name} as c${at}` : name)).join(', ') || 'nothing'}`
}

/** How often each kind of step is tried. */
const writers: readonly (readonly [number, (dice: Dice, names: Names) => string])[] = [
  [4, (dice, names) => `where ${writeCondition(dice, names, 2)}`],
  [2, (dice, { relation }) => `where ${drawTime(dice, relation)} in ${writeRange(dice)}`],
  [
    5,
    (dice, names) =>
      `add ${quoteName(pick(dice, newNames))} = ${writeExpression(dice, names, pick(dice, ['number', 'text', 'boolean', 'date', 'timestamp'] as const), 3)}`,
  ],
  [4, writeGroup],
  [3, (dice, names) => `add ${quoteName(pick(dice, newNames))} = ${writeAcross(dice, names)}`],
  [
    1,
    (dice, { relation }) =>
      `sort ${drawColumn(dice, relation)}${pick(dice, ['', ' desc'])}\nlimit ${pick(dice, [1, 3, 10])}`,
  ],
  [
    2,
    (dice, { relation }) =>
      `top ${pick(dice, [1, 3])} by ${drawColumn(dice, relation)}${pick(dice, ['', ' asc'])}${happens(dice, 3) ? ` per ${drawColumn(dice, relation)}` : ''}${pick(dice, ['', ' with ties'])}`,
  ],
  [2, writeFill],
  [1, writeShow],
  [1, () => 'unique'],
  [1, (dice) => `sample ${pick(dice, [1, 5])}`],
  [
    1,
    (dice, { relation }) =>
      `expand ${pick(dice, Object.keys(relation.rows?.scan.model.relations ?? { nothing: 1 }).map(quoteName)) ?? 'nothing'}`,
  ],
  [
    1,
    (dice, { relation }) =>
      `repeat every ${pick(dice, ['week', 'month', 'quarter'])} from ${drawTime(dice, relation)} to ${drawTime(dice, relation)}`,
  ],
]
const hat = [...writers, ...productWriters].flatMap(([weight, write]) => Array.from({ length: weight }, () => write))

const holds = (text: string, context: PlanContext): boolean => !diagnose({ name: 'world', text }, context).some(isError)

function writeStart(dice: Dice, catalog: Catalog): string {
  const models = Object.values(catalog.models)
  const metrics = models.flatMap((model) => Object.keys(model.metrics)).map(quoteName)
  if (happens(dice, 6)) {
    const chosen = [...new Set([pick(dice, metrics), pick(dice, metrics)])]
    return `from metric ${chosen.join(', ')} by ${pick(dice, ['week', 'month', 'quarter'])}`
  }
  return `from ${quoteName(pick(dice, models).name)}`
}

/** One block: a start and steps, each kept only if the exploration still holds. */
function writeBlock(dice: Dice, start: string, above: string, context: PlanContext): string {
  let text = start
  const wanted = 1 + dice(6)
  for (let tries = 0, kept = 0; tries < wanted * 4 && kept < wanted; tries++) {
    const whole = `${above}${text}\n`
    const relation = findRelation({ name: 'world', text: whole }, whole.length, context)
    const step = pick(dice, hat)(dice, { relation, models: context.catalog.models })
    if (!holds(`${whole}${step}\n`, context)) continue
    text += `\n${step}`
    kept++
  }
  return `${text}\n`
}

/** An exploration that holds, over the names of a world; the same for the same dice. */
export function generateExploration(dice: Dice, world: World): string {
  const context = worldContext(world)
  if (!happens(dice, 8)) return writeBlock(dice, writeStart(dice, world.catalog), '', context)
  const first = `block one\n${writeBlock(dice, writeStart(dice, world.catalog), '', context)}`
  if (!holds(`${first}from block one\n`, context)) return writeBlock(dice, writeStart(dice, world.catalog), '', context)
  if (happens(dice, 2)) return `${first}${writeBlock(dice, 'block two\nfrom block one', first, context)}`
  const second = writeBlock(dice, `block two\n${writeStart(dice, world.catalog)}`, first, context)
  const relation = findRelation({ name: 'world', text: first }, first.length, context)
  const added = pick(dice, ['append block one', `join block one on ${drawColumn(dice, relation)}`])
  const whole = `${first}${second}${added}\n`
  return holds(whole, context) ? whole : `${first}${second}`
}
