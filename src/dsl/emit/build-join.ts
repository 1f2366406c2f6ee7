import type { Column, Expand, Lookup, Node, Zip } from '../plan/plan.ts'
import { addCte, type Building, close, readFrom } from './building.ts'
import { isNeverEmpty, listColumns } from './columns.ts'
import { findTerm, type Join, type Output, type Select, withStep } from './select.ts'
import { callTerm, hasWindow, isConstant, listRelations, type Term } from './term.ts'

/** The condition of a look-up in one row. */
const always: Term = { op: 'literal', type: 'boolean', value: true }

/** What it takes to put rows of `to` beside those of `input`. */
type Joining = Pick<Lookup | Expand, 'input' | 'to' | 'on' | 'matchesEmpty'> & { readonly columns: readonly Column[] }

type Build = (building: Building, node: Node) => Select

/**
 * Whether `to` can be joined as it stands: a table, maybe filtered, maybe with tables looked up from it in turn. What matches empty values
 * would match those of a row of `to` that is not there, too.
 */
function isJoinable(to: Select): boolean {
  return (
    !to.keys &&
    to.limit === undefined &&
    to.existences.length === 0 &&
    to.outputs.every(({ term }) => term.op === 'reference') &&
    to.joins.every(({ kind, on }) => kind === 'left' && on.every(({ op }) => op !== 'same')) &&
    to.where.every((term) => listRelations(term).every((relation) => relation === to.from))
  )
}

/** Every column looked up through `account.owner` is called `account.owner.…`: that is what its table is called, too. */
function nameJoin(columns: readonly Column[], fallback: string): string {
  const paths = new Set(columns.map(({ name }) => name.split('.').slice(0, -1).join('_')))
  const [path] = paths
  return paths.size === 1 && path ? path.toLowerCase().replace(/[^a-z0-9_]+/g, '_') : fallback
}

/** A count is never empty itself, so that empty means that no row matched. */
function isCount(to: Node, name: string): boolean {
  if (to.op === 'project') return isCount(to.input, to.columns.find((column) => column.name === name)?.from ?? '')
  if (to.op !== 'aggregate') return false
  return to.measures.some((measure) => measure.name === name && measure.aggregate.fn.startsWith('count'))
}

/** `below`, closed where what is joined to it would change what it groups, cuts or looks at. */
export function openInput(building: Building, below: Select): Select {
  const isOpen = !below.keys && below.limit === undefined && !below.outputs.some(({ term }) => hasWindow(term))
  return isOpen ? below : close(building, below)
}

/** `open` joined with the rows of `to`: the joins that it takes, and what the columns of `to` are called then. */
export function joinTo(building: Building, open: Select, node: Joining, build: Build) {
  const { on, columns } = node
  const built = build(building, node.to)
  const isOwn = on.every(({ right }) => listRelations(findTerm(built, right)).every((one) => one === built.from))
  const to = isJoinable(built) && isOwn ? built : close(building, built)
  const relation = { ...to.from, alias: to === built ? nameJoin(columns, to.from.alias) : to.from.alias }
  // The same table may be joined twice: each time it is another relation.
  const rename = (term: Term): Term => replaceRelation(term, to.from, relation)
  const right = (name: string): Term => rename(findTerm(to, name))
  const pairs = on.map((pair): Term => {
    const isFull = !node.matchesEmpty || isNeverEmpty(node.to, pair.right) || isNeverEmpty(node.input, pair.left)
    const [own, other] = [findTerm(open, pair.left), right(pair.right)]
    return isFull ? callTerm('equals', other, own) : { op: 'same', left: own, right: other }
  })
  const further = to.joins.map((join): Join => ({ ...join, on: join.on.map(rename) }))
  const conditions = [...pairs, ...to.where.map(rename)]
  return { relation, on: conditions.length > 0 ? conditions : [always], further, right }
}

export function buildLookup(building: Building, node: Lookup, build: Build): Select {
  const open = openInput(building, build(building, node.input))
  const { relation, on, further, right } = joinTo(building, open, node, build)
  const join: Join = { kind: 'left', relation, on }
  const outputs = node.columns.map(({ name, type, from, orElse }): Output => {
    const value = right(from)
    if (!orElse) return { name, type, term: value }
    const otherwise: Term = orElse.value === 0 ? { op: 'zero' } : orElse
    const term = isCount(node.to, from)
      ? callTerm('coalesce', value, otherwise)
      : callTerm('when', callTerm('is_empty', right(node.on[0]!.right)), otherwise, value)
    return { name, type, term }
  })
  return withStep(
    { ...open, joins: [...open.joins, join, ...further], outputs: [...open.outputs, ...outputs] },
    node.step,
  )
}

/** One row per match. What was joined to `to` in turn is joined behind it, and keeps to at most one row each. */
export function buildExpand(building: Building, node: Expand, build: Build): Select {
  const open = openInput(building, build(building, node.input))
  const { relation, on, further, right } = joinTo(building, open, node, build)
  // ClickHouse joins rows whatever a condition says that reads none of them.
  const constant = on.filter((term) => term !== always && isConstant(term))
  const pairs = on.filter((term) => !constant.includes(term))
  const join: Join = { kind: 'inner', relation, on: pairs.length > 0 ? pairs : [always] }
  const outputs = node.columns.map(({ name, type, from }): Output => ({ name, type, term: right(from) }))
  return withStep(
    {
      ...open,
      where: [...open.where, ...constant],
      joins: [...open.joins, join, ...further],
      outputs: [...open.outputs, ...outputs],
      order: [],
      isCut: false,
      title: `${open.title}_${relation.alias}`,
    },
    node.step,
  )
}

function replaceRelation(term: Term, from: Join['relation'], to: Join['relation']): Term {
  if (term.op === 'reference') return term.relation === from ? { ...term, relation: to } : term
  if (term.op === 'call') return { ...term, args: term.args.map((arg) => replaceRelation(arg, from, to)) }
  if (term.op === 'moved') return { ...term, time: replaceRelation(term.time, from, to) }
  if (term.op === 'moved_by')
    return { ...term, time: replaceRelation(term.time, from, to), by: replaceRelation(term.by, from, to) }
  if (term.op === 'bucket' || term.op === 'local') return { ...term, arg: replaceRelation(term.arg, from, to) }
  return term
}

/**
 * Inputs side by side: every key of any of them, and each input looked up by it. A full join would not match empty keys, nor take more
 * than two inputs in order.
 */
export function buildZip(building: Building, { inputs, keys, step }: Zip, build: Build): Select {
  const parts = inputs.map((input) => ({
    columns: listColumns(input),
    select: close(building, build(building, input)),
  }))
  const steps = [...new Set([...parts.flatMap(({ select }) => select.steps), step])]
  const names = keys.map(({ name }) => name)
  const { writeName, union } = building.dialect
  const keyList = names.map(writeName).join(', ')
  const lines = parts.flatMap(({ select }, at) => [
    ...(at > 0 ? [union] : []),
    `SELECT ${keyList} FROM ${select.from.source}`,
  ])
  const first = parts[0]!.select
  const start =
    keys.length === 0
      ? { ...first, outputs: [] as readonly Output[] }
      : readFrom(addCte(building, `every_${names.join('_')}`, steps, lines), keys, { steps, title: 'metrics' })
  const looked = keys.length === 0 ? parts.slice(1) : parts
  const own = (columns: readonly Column[]) => columns.filter(({ name }) => !names.includes(name))
  const joins = looked.map(({ select }): Join => {
    const on = names.map((name): Term => ({ op: 'same', left: findTerm(start, name), right: findTerm(select, name) }))
    return { kind: keys.length === 0 ? 'cross' : 'left', relation: select.from, on }
  })
  const outputs = [
    ...start.outputs,
    ...parts.flatMap(({ select, columns }) =>
      own(columns).map(({ name }) => select.outputs.find((o) => o.name === name)!),
    ),
  ]
  return { ...start, joins, outputs, steps, title: 'metrics' }
}
