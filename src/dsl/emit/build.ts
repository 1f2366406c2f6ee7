import { invariant, unreachable } from '../../base/invariant.ts'
import type { Aggregate, Expression, Extend, Filter, Limit, Node, Project, Scan, Sort, Top } from '../plan/plan.ts'
import { buildBlockRead, buildUnion } from './build-blocks.ts'
import { buildDescend } from './build-descend.ts'
import { buildExpand, buildLookup, buildZip } from './build-join.ts'
import { buildMatch } from './build-match.ts'
import { hasOver, liftOvers } from './build-over.ts'
import { buildRepeat } from './build-repeat.ts'
import { buildShift } from './build-shift.ts'
import { buildFill } from './build-time.ts'
import { buildValues } from './build-values.ts'
import { buildWindow } from './build-window.ts'
import { addCte, type Building, close, prepare, resolveIn } from './building.ts'
import { completeOrder, hasOrder, listNames } from './columns.ts'
import { findTerm, type Output, resolveOrder, type Select, selectFrom, withStep } from './select.ts'
import { callTerm, hasAggregate, hasWindow, type OrderTerm, resolveAggregate } from './term.ts'

/** The SELECT that gives the rows of `node`; what it cannot share with its input becomes CTEs of `building`. */
export function build(building: Building, node: Node): Select {
  switch (node.op) {
    case 'scan':
      return buildScan(building, node)
    case 'values':
      return buildValues(building, node)
    case 'lookup':
      return buildLookup(building, node, build)
    case 'expand':
      return buildExpand(building, node, build)
    case 'repeat':
      return buildRepeat(building, node, build)
    case 'descend':
      return buildDescend(building, node, build)
    case 'filter':
      return buildFilter(building, node)
    case 'match':
      return buildMatch(building, node, build)
    case 'extend':
      return buildExtend(building, node)
    case 'aggregate':
      return buildAggregate(building, node)
    case 'shift':
      return buildShift(building, node, build)
    case 'window':
      return buildWindow(building, node, build)
    case 'sort':
      return buildSort(building, node)
    case 'limit':
      return buildLimit(building, node)
    case 'top':
      return buildTop(building, node)
    case 'project':
      return buildProject(building, node)
    case 'fill':
      return buildFill(building, node, build)
    case 'zip':
      return buildZip(building, node, build)
    case 'block':
      return buildBlockRead(building, node)
    case 'union':
      return buildUnion(building, node, build)
    default:
      return unreachable(node)
  }
}

/** A table's name in parts, `schema.table`; a part with a point in it stands in double quotes. */
const splitName = (name: string): readonly string[] =>
  (name.match(/"(?:[^"]|"")*"|[^.]+/g) ?? [name]).map((part) =>
    part.startsWith('"') && part.endsWith('"') && part.length > 1 ? part.slice(1, -1).replaceAll('""', '"') : part,
  )

function buildScan(building: Building, { source, columns, model, step }: Scan): Select {
  if ('table' in source) {
    const table = splitName(source.table).map(building.dialect.writeName).join('.')
    return selectFrom({ source: table, alias: model, isForeign: true }, columns, step, model)
  }
  const text = source.sql.replaceAll('\0', '').trim().replace(/;\s*$/, '').split('\n')
  const relation = { ...addCte(building, `${model}_source`, [step], text), isForeign: true }
  return selectFrom(relation, columns, step, model)
}

/** `select`, closed when it groups, cuts or has columns that only exist after its WHERE. */
const reopen = (building: Building, select: Select): Select =>
  select.keys || select.limit !== undefined || select.outputs.some(({ term }) => hasWindow(term))
    ? close(building, select)
    : select

function buildFilter(building: Building, { input, where, step }: Filter): Select {
  const lifted = liftOvers(building, reopen(building, build(building, input)), [where], 'all')
  const open = prepare(building, lifted.select, lifted.expressions)
  const conditions = lifted.expressions.map((condition) => resolveIn(open, condition))
  return withStep({ ...open, where: [...open.where, ...conditions] }, step)
}

/** Whether `values` would write out an aggregate of `select` a second time. */
function repeatsAny(select: Select, values: readonly Expression[]): boolean {
  const reads = values.flatMap(listNames).filter((name) => hasAggregate(findTerm(select, name)))
  return new Set(reads).size < reads.length
}

/** After a grouping, new columns share its SELECT only when they are part of the same step, as the two sides of a ratio. */
function buildExtend(building: Building, { input, columns, step }: Extend): Select {
  const below = build(building, input)
  const values = columns.map(({ value }) => value)
  const isSameStep =
    below.keys !== undefined &&
    below.steps.at(-1) === step &&
    !values.some((value) => hasOver(value)) &&
    !repeatsAny(below, values)
  const base = (below.keys || below.limit !== undefined) && !isSameStep ? close(building, below) : below
  const lifted = liftOvers(building, base, values, 'unsupported')
  const open = prepare(building, lifted.select, lifted.expressions, { aggregates: isSameStep })
  const outputs = columns.map(
    ({ name, type }, at): Output => ({ name, type, term: resolveIn(open, lifted.expressions[at]!) }),
  )
  return withStep({ ...open, outputs: [...open.outputs, ...outputs] }, step)
}

function buildAggregate(building: Building, { input, keys, measures, step }: Aggregate): Select {
  const below = reopen(building, build(building, input))
  const expressions = [
    ...keys.map(({ value }) => value),
    ...measures.flatMap(({ aggregate: { args, where } }) => (where ? [...args, where] : args)),
  ]
  invariant(!expressions.some((one) => hasOver(one)), 'a grouping reads `over` through a column of its input')
  const open = prepare(building, below, expressions)
  const keyOutputs = keys.map(({ name, type, value }): Output => {
    const term = resolveIn(open, value)
    // What is stored groups as it is; a number that was computed may be a zero below zero.
    const isStored = term.op === 'reference' && term.relation.isForeign === true
    return { name, type, term: type === 'number' && !isStored ? { op: 'key', arg: term } : term }
  })
  const resolve = (name: string) => findTerm(open, name)
  const measureOutputs = measures.map(
    ({ name, type, aggregate }): Output => ({
      name,
      type,
      term: { op: 'aggregate', aggregate: resolveAggregate(aggregate, resolve) },
    }),
  )
  const by = keys.map(({ name }) => name).join('_')
  return withStep(
    {
      ...open,
      outputs: [...keyOutputs, ...measureOutputs],
      keys: keyOutputs.map(({ term }) => term),
      order: [],
      isCut: false,
      title: `${open.title.replace(/_(by|in)_.*$/, '')}_${by ? `by_${by}` : 'in_all'}`,
    },
    step,
  )
}

const orderBy = (select: Select, node: Sort['input'], by: Sort['by']): readonly OrderTerm[] =>
  resolveOrder(select, completeOrder(by, node))

/** Only the order is noted; a limit uses it. */
function buildSort(building: Building, { input, by, step }: Sort): Select {
  const below = build(building, input)
  const open = below.limit === undefined ? below : close(building, below)
  return withStep({ ...open, order: orderBy(open, input, by), isCut: false }, step)
}

function buildLimit(building: Building, { input, count, step }: Limit): Select {
  const below = build(building, input)
  const order = hasOrder(input) ? below.order : orderBy(below, input, [])
  return withStep({ ...below, order, limit: Math.min(count, below.limit ?? count), isCut: true }, step)
}

function buildTop(building: Building, { input, count, by, per, withTies, step }: Top): Select {
  const below = build(building, input)
  const open = below.limit === undefined ? below : close(building, below)
  if (per.length === 0 && !withTies)
    return withStep({ ...open, order: orderBy(open, input, by), limit: count, isCut: true }, step)
  const base = open.keys || open.outputs.some(({ term }) => hasWindow(term)) ? close(building, open) : open
  const order = withTies ? resolveOrder(base, by) : orderBy(base, input, by)
  const rank: Output = {
    name: building.takeName('rank_in_top'),
    type: 'number',
    term: { op: 'rank', fn: withTies ? 'rank' : 'row_number', per: per.map((name) => findTerm(base, name)), by: order },
  }
  const ranked = close(
    building,
    withStep({ ...base, outputs: [...base.outputs, rank], order: [] }, step),
    `${base.title}_ranked`,
  )
  const kept = callTerm('less_or_equal', findTerm(ranked, rank.name), { op: 'literal', type: 'number', value: count })
  return withStep(
    { ...ranked, outputs: ranked.outputs.slice(0, -1), where: [kept], isCut: false, title: `${base.title}_top` },
    step,
  )
}

function buildProject(building: Building, { input, columns, step }: Project): Select {
  const below = build(building, input)
  const outputs = columns.map(({ name, type, from }): Output => ({ name, type, term: findTerm(below, from) }))
  return withStep({ ...below, outputs }, step)
}
