import type { AggregateName } from '../functions/scalar-names.ts'
import type { AggregateCall, Expression } from '../plan/plan.ts'
import { addCte, type Building, close, readFrom } from './building.ts'
import { findTerm, type Output, type Select } from './select.ts'
import { resolveAggregate, type Term } from './term.ts'
import { writeSelect } from './write-select.ts'

type Over = Extract<Expression, { op: 'over' }>

export const hasOver = (value: Expression, matches: (aggregate: AggregateCall) => boolean = () => true): boolean =>
  (value.op === 'over' && matches(value.aggregate)) ||
  (value.op === 'call' && value.args.some((arg) => hasOver(arg, matches))) ||
  ((value.op === 'bucket' || value.op === 'moved') && hasOver(value.arg, matches)) ||
  (value.op === 'moved_by' && [value.arg, value.by].some((arg) => hasOver(arg, matches)))

/** `expression` with each `over` that `replace` answers for replaced. */
export function replaceOvers(expression: Expression, replace: (over: Over) => Expression): Expression {
  if (expression.op === 'over') return replace(expression)
  if (expression.op === 'call') return { ...expression, args: expression.args.map((arg) => replaceOvers(arg, replace)) }
  if (expression.op === 'bucket' || expression.op === 'moved')
    return { ...expression, arg: replaceOvers(expression.arg, replace) }
  if (expression.op === 'moved_by')
    return { ...expression, arg: replaceOvers(expression.arg, replace), by: replaceOvers(expression.by, replace) }
  return expression
}

/**
 * Makes a column of each `over` in `expressions` that cannot stay where it is: all of them under a WHERE; elsewhere those that the engine
 * does not compute in a window.
 */
export function liftOvers(
  building: Building,
  select: Select,
  expressions: readonly Expression[],
  which: 'all' | 'unsupported',
): { readonly select: Select; readonly expressions: readonly Expression[] } {
  const isSupported = (over: Over) => building.dialect.windowed(over.aggregate.fn as AggregateName)
  let current = select
  const lifted = expressions.map((expression) =>
    replaceOvers(expression, (over) => {
      if (which === 'unsupported' && isSupported(over)) return over
      const name = building.takeName('over')
      current = isSupported(over) ? addWindow(building, current, over, name) : joinTotals(building, current, over, name)
      return { op: 'column', name }
    }),
  )
  return { select: current, expressions: lifted }
}

function addWindow(building: Building, select: Select, over: Over, name: string): Select {
  const resolve = (column: string) => findTerm(select, column)
  const term: Term = { op: 'over', aggregate: resolveAggregate(over.aggregate, resolve), per: over.per.map(resolve) }
  return close(building, { ...select, outputs: [...select.outputs, { name, type: 'number', term }] })
}

/** The aggregate of each group, computed apart and joined back to its rows. */
function joinTotals(building: Building, select: Select, over: Over, name: string): Select {
  const base = close(building, select)
  const resolve = (column: string) => findTerm(base, column)
  const keys = over.per.map((key): Output => ({ name: key, type: typeOf(base, key), term: resolve(key) }))
  const total: Output = { name, type: 'number', term: writeTotal(over.aggregate, resolve) }
  const grouped: Select = { ...base, outputs: [...keys, total], keys: keys.map(({ term }) => term), order: [] }
  const relation = addCte(building, `${base.title}_totals`, select.steps, writeSelect(grouped, building))
  const totals = readFrom(relation, [...keys, total], base)
  const on = over.per.map((key): Term => ({ op: 'same', left: resolve(key), right: findTerm(totals, key) }))
  const kind = on.length === 0 ? 'cross' : 'left'
  return {
    ...base,
    joins: [...base.joins, { kind, relation, on }],
    outputs: [...base.outputs, { ...total, term: findTerm(totals, name) }],
  }
}

const writeTotal = (aggregate: AggregateCall, resolve: (name: string) => Term): Term => ({
  op: 'aggregate',
  aggregate: resolveAggregate(aggregate, resolve),
})

const typeOf = (select: Select, name: string) => select.outputs.find((output) => output.name === name)?.type ?? 'text'
