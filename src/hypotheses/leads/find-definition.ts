import type { Catalog, Metric } from '../../catalog/catalog.ts'
import { parseMeasure } from '../../dsl/text/parse-measure.ts'
import type { Expression } from '../../dsl/tree/ast.ts'
import { listChildren, listPaths } from '../../dsl/tree/walk.ts'

type Asked = Pick<Metric, 'model' | 'measure' | 'time'>

/**
 * Why two metrics go together by definition, as far as the catalog knows where they come from: they are of the same rows, or rows of one belong to those
 * of the other (what people do follows that they came), or one reads the rows of the other.
 * Of one table only metrics of the same time whose conditions exclude each other are of different rows. Undefined where nothing is known; in words otherwise.
 */
export function findDefinition(catalog: Catalog, first: Asked, second: Asked): string | undefined {
  if (first.model === second.model) {
    const isApart = first.time === second.time && excludeEachOther(first, second)
    return isApart ? undefined : `both are of rows of ${first.model}`
  }
  const [one, other] = [readSource(catalog, first), readSource(catalog, second)]
  if (one === other) return `${first.model} and ${second.model} are the same table`
  const made = isMadeOf(one, other) ? [first, second] : isMadeOf(other, one) ? [second, first] : undefined
  if (made) return `${made[0]!.model} is made of the rows of ${made[1]!.model}`
  const reading = [
    [first, second],
    [second, first],
  ].find(([reader, read]) => listModelsRead(catalog, reader!).has(read!.model))
  if (reading) return `the measure of one reads ${reading[1]!.model}, which the other counts`
  const belongs = reaches(catalog, first.model, second.model)
    ? [first, second]
    : reaches(catalog, second.model, first.model)
      ? [second, first]
      : undefined
  return belongs && `rows of ${belongs[0]!.model} belong to ${belongs[1]!.model}, and come after it began`
}

function readSource({ models }: Catalog, { model }: Asked): string {
  const source = models[model]?.source
  return source === undefined ? model : 'table' in source ? source.table : source.sql
}

const escapePattern = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/** Whether a model's own query names the table of another. */
const isMadeOf = (source: string, table: string): boolean =>
  /\s/.test(source) && !/\s/.test(table) && new RegExp(`(^|[^\\w])${escapePattern(table)}($|[^\\w])`, 'i').test(source)

/** Whether rows of one model belong to those of another, over however many relations to one row. */
function reaches({ models }: Catalog, from: string, to: string): boolean {
  const known = new Set([from])
  for (const name of known)
    for (const relation of Object.values(models[name]?.relations ?? {}))
      if (relation.cardinality === 'one') known.add(relation.to)
  return known.has(to)
}

/** Models that a measure reaches by relations. */
function listModelsRead({ models }: Catalog, { model, measure }: Asked): ReadonlySet<string> {
  const outcome = parseMeasure(measure)
  const read = new Set<string>()
  if (!outcome.ok) return read
  for (const { parts } of listPaths(outcome.value, () => false)) {
    let at = models[model]
    for (const part of parts) {
      const relation = at?.relations[part]
      if (!relation) break
      read.add(relation.to)
      at = models[relation.to]
    }
  }
  return read
}

/** Values that fields are held to, by field. */
type Held = ReadonlyMap<string, ReadonlySet<string>>

const excludeEachOther = (first: Asked, second: Asked): boolean => {
  const [one, other] = [listHeld(first), listHeld(second)]
  return one.length > 0 && other.length > 0 && one.every((a) => other.every((b) => areDisjoint(a, b)))
}

const areDisjoint = (a: Held, b: Held): boolean =>
  [...a].some(([field, values]) => {
    const others = b.get(field)
    return others !== undefined && ![...values].some((value) => others.has(value))
  })

/** Of each aggregate of a measure what its condition holds fields to; nothing where it has none. */
function listHeld({ measure }: Asked): readonly Held[] {
  const outcome = parseMeasure(measure)
  return outcome.ok ? listAggregates(outcome.value).map(({ where }) => (where ? readHeld(where) : new Map())) : []
}

type Aggregate = Extract<Expression, { kind: 'call' }>

const aggregates: ReadonlySet<string> = new Set(['count', 'count_distinct', 'sum', 'avg', 'min', 'max', 'median'])

function listAggregates(expression: Expression): readonly Aggregate[] {
  if (expression.kind === 'call' && (aggregates.has(expression.name) || expression.where)) return [expression]
  return listChildren(expression).flatMap(listAggregates)
}

const writeLiteral = (one: Expression): string | undefined =>
  one.kind === 'text' || one.kind === 'number' || one.kind === 'boolean' ? JSON.stringify(one.value) : undefined

/** `name = "login" and source in ("ads", "web")` as what each field may be. */
function readHeld(condition: Expression): Held {
  if (condition.kind === 'binary' && condition.operator === 'and')
    return new Map([...readHeld(condition.left), ...readHeld(condition.right)])
  const [operand, items] =
    condition.kind === 'binary' && condition.operator === '='
      ? [condition.left, [condition.right]]
      : condition.kind === 'in_list' && !condition.negated
        ? [condition.operand, condition.items]
        : [undefined, []]
  const values = items.map(writeLiteral)
  if (operand?.kind !== 'path' || values.some((value) => value === undefined)) return new Map()
  return new Map([[operand.parts.join('.'), new Set(values as readonly string[])]])
}
