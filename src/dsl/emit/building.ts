import type { Calendar } from '../../base/periods.ts'
import type { Bound, Dialect } from '../dialects/dialect.ts'
import type { Column, Expression } from '../plan/plan.ts'
import { findTerm, isPassThrough, type Output, type Select, selectFrom } from './select.ts'
import {
  findOrigin,
  hasAggregate,
  hasWindow,
  isConstant,
  isConstantOrigin,
  listRelations,
  measureTerm,
  nameConstant,
  type OrderTerm,
  type Relation,
  resolveTerm,
  type Term,
} from './term.ts'
import { writeSelect } from './write-select.ts'

/** Terms beyond this many parts are computed in a CTE of their own rather than written out again where they are read. */
const partsMax = 40

/** Stands before the number of a placeholder. No name holds it: dialects take it out of what they quote. */
const mark = '\0'

/** `sql` with placeholders as the engine writes them, and their values. */
export function placeParameters(
  { dialect, bounds }: Building,
  sql: string,
): { readonly sql: string; readonly parameters: readonly (string | number | boolean)[] } {
  const inOrder: Bound[] = []
  const text = sql.replace(/\0(\d+)/g, (_, place: string) => {
    const bound = bounds[Number(place) - 1]!
    const position = dialect.placeholders === 'numbered' ? Number(place) : inOrder.push(bound)
    return dialect.writePlaceholder(position, bound)
  })
  const placed = dialect.placeholders === 'numbered' ? bounds : inOrder
  return { sql: text, parameters: placed.map(dialect.writeParameter) }
}

interface Cte {
  readonly name: string
  readonly lines: readonly string[]
  readonly steps: readonly number[]
  /** Whether a limit cuts its rows. */
  readonly isCut: boolean
  /** Whether it reads itself. */
  readonly isRecursive?: boolean
}

/** The SQL as it grows: CTEs so far, names that are taken, values bound. */
export interface Building {
  readonly dialect: Dialect
  readonly calendar: Calendar
  readonly ctes: Cte[]
  /** The CTEs of named blocks. */
  readonly blocks: Map<string, Relation>
  /** Values in the order in which they were bound. */
  readonly bounds: Bound[]
  /** The mark of a value's placeholder, which stands in the SQL until all of it is there. */
  readonly bind: (bound: Bound) => string
  /** A name for a CTE that nothing else has: no table of the plan, no other CTE. */
  readonly takeName: (wanted: string) => string
}

export function startBuilding(dialect: Dialect, calendar: Calendar, avoided: readonly string[]): Building {
  const bounds: Bound[] = []
  const places = new Map<string | Bound, string>()
  const taken = new Set<string>()
  const words = new Set(avoided.flatMap((text) => text.toLowerCase().split(/[^a-z0-9_]+/)))
  const isAvoided = (name: string) => taken.has(name) || words.has(name)
  return {
    dialect,
    calendar,
    ctes: [],
    blocks: new Map(),
    bounds,
    // Postgres takes a text for the type of what stands beside it, a uuid here and an enum there: so texts are not shared.
    bind: (bound) => {
      const { type, value } = bound
      const id = type === 'text' ? bound : `${type} ${typeof value} ${value}`
      const place = places.get(id) ?? `${mark}${bounds.push({ type, value })}`
      places.set(id, place)
      return place
    },
    takeName: (wanted) => {
      const plain =
        wanted
          .toLowerCase()
          .replace(/[^a-z0-9_]+/g, '_')
          .replace(/^(?=\d)/, '_')
          .slice(0, 48) || 'rows'
      const base = dialect.reservedWords.has(plain) ? `${plain}_rows` : plain
      let name = base
      for (let count = 2; isAvoided(name); count++) name = `${base}_${count}`
      taken.add(name)
      return name
    },
  }
}

/** Adds a CTE of `lines` and gives it as something to read from. */
export function addCte(
  building: Building,
  wanted: string,
  steps: readonly number[],
  lines: readonly string[],
  isCut = false,
): Relation {
  const name = building.takeName(wanted)
  building.ctes.push({ name, lines, steps, isCut })
  return { source: building.dialect.writeName(name), alias: name }
}

/** A SELECT that reads all columns of `relation`. */
export const readFrom = (
  relation: Relation,
  columns: readonly Column[],
  select: Pick<Select, 'steps' | 'title'>,
): Select => ({
  ...selectFrom(
    relation,
    columns.map((column) => ({ ...column, column: column.name })),
    select.steps[0] ?? 0,
    select.title,
  ),
  steps: [],
})

/** Order keys that no visible column holds would be lost in a CTE: they get columns of their own. */
function exposeOrder(building: Building, select: Select): readonly Output[] {
  const hidden = select.order.filter(({ term }) => !select.outputs.some((output) => output.term === term))
  return [
    ...select.outputs,
    ...hidden.map(({ term, type }): Output => ({ name: building.takeName('sort_key'), type, term })),
  ]
}

/**
 * Makes `select` a CTE, and gives the SELECT that reads it. An order that no limit has used yet goes along. `wanted` names the CTE.
 */
export function close(building: Building, select: Select, wanted = select.title): Select {
  if (isPassThrough(select) && building.ctes.some(({ name }) => name === select.from.alias)) return select
  const outputs = exposeOrder(building, select)
  const lines = writeSelect({ ...select, outputs }, building, select.limit === undefined ? [] : select.order)
  const cte = addCte(building, wanted, select.steps, lines, select.limit !== undefined)
  const origins = outputs.flatMap(({ name, term }) => {
    const origin = isConstant(term) ? nameConstant(cte.alias, name) : findOrigin(term)
    // What a join brings may be empty where it found nothing.
    const isBrought = isConstantOrigin(origin) && listRelations(term).some((relation) => relation !== select.from)
    return origin === undefined || isBrought ? [] : [[name, origin] as const]
  })
  const relation = { ...cte, origins: new Map(origins) }
  const next = readFrom(relation, outputs, select)
  const order = select.order.flatMap(({ term, type, descending }): OrderTerm[] => {
    const at = outputs.findIndex((output) => output.term === term)
    return at < 0 ? [] : [{ term: next.outputs[at]!.term, type, descending }]
  })
  return { ...next, outputs: next.outputs.slice(0, select.outputs.length), order, isCut: select.isCut }
}

/** `expression` over the visible columns of `select`. */
export const resolveIn = (select: Select, expression: Expression): Term =>
  resolveTerm(expression, (name) => findTerm(select, name))

/**
 * `select` itself where `expressions` may be written out over what it selects, else closed: they would nest windows or aggregates, or
 * grow beyond reading.
 */
export function prepare(
  building: Building,
  select: Select,
  expressions: readonly Expression[],
  allowed = { aggregates: false },
): Select {
  const terms = expressions.map((expression) => resolveIn(select, expression))
  const fits = terms.every((term) => {
    const parts = expressions.length > 0 ? measureTerm(term) : 0
    return parts <= partsMax && (allowed.aggregates || !hasAggregate(term))
  })
  const readsWindow = select.outputs.some(
    ({ name, term }) => hasWindow(term) && expressions.some((expression) => reads(expression, name)),
  )
  return fits && !readsWindow ? select : close(building, select)
}

function reads(expression: Expression, name: string): boolean {
  let found = false
  resolveTerm(expression, (read) => {
    found ||= read === name
    return { op: 'literal', type: 'number', value: 0 }
  })
  return found
}
