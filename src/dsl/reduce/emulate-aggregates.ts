import { hasOver, replaceOvers } from '../emit/build-over.ts'
import { listColumns } from '../emit/columns.ts'
import { mapInputs } from '../emit/map-inputs.ts'
import type { AggregateName } from '../functions/scalar-names.ts'
import type { Aggregate, AggregateCall, Expression, Extend, Filter, Node } from '../plan/plan.ts'
import { countValues } from './count-values.ts'
import { type Emulated, emulations, type Preparing } from './emulations.ts'
import { findType } from './find-type.ts'
import { restoreColumns } from './restore-columns.ts'

/** Whether the engine has an aggregate itself. */
export type Has = (fn: AggregateName) => boolean

/**
 * `node` without the aggregates that an engine lacks: each is worked out from windows over its rows, put below, and from aggregates that
 * every engine has. Columns keep their names.
 */
export function emulateAggregates(node: Node, has: Has): Node {
  const below = mapInputs(node, (input) => emulateAggregates(input, has))
  const lacks = ({ fn }: AggregateCall) => !has(fn as AggregateName)
  if (below.op === 'aggregate' && below.measures.some(({ aggregate }) => lacks(aggregate))) {
    const counted = has('mode') ? undefined : countValues(below)
    return counted ? emulateAggregates(counted, has) : emulateMeasures(below, lacks)
  }
  if (below.op === 'extend' && below.columns.some(({ value }) => hasOver(value, lacks)))
    return emulateColumns(below, lacks)
  if (below.op === 'filter' && hasOver(below.where, lacks)) return emulateCondition(below, lacks)
  return below
}

type Lacks = (aggregate: AggregateCall) => boolean

/** Columns put below, each under a name of its own. */
function prepare(input: Node, step: number, reserved: readonly string[]): Preparing & { readonly node: () => Node } {
  let current = input
  const taken = new Set([...listColumns(input).map(({ name }) => name), ...reserved])
  const take = (wanted: string): string => {
    let name = wanted
    for (let count = 2; taken.has(name); count++) name = `${wanted}_${count}`
    taken.add(name)
    return name
  }
  return {
    node: () => current,
    take,
    extend: (wanted, value) => {
      if (value.op === 'column') return value.name
      const name = take(wanted)
      const type = findType(value, listColumns(current))
      current = { op: 'extend', step, input: current, columns: [{ name, type, value }] }
      return name
    },
    rank: (wanted, of, per) => {
      const name = take(wanted)
      const by = [{ name: of, descending: false }]
      const columns = [{ name, type: 'number', call: { fn: 'rank' } }] as const
      current = { op: 'window', step, input: current, per, by, needs: of, columns }
      return name
    },
  }
}

const emulate = ({ fn, args, where }: AggregateCall, per: readonly string[], preparing: Preparing): Emulated =>
  emulations[fn as keyof typeof emulations](args, where, per, preparing)

function emulateMeasures(node: Aggregate, lacks: Lacks): Node {
  const { step, keys, measures } = node
  const preparing = prepare(
    node.input,
    step,
    listColumns(node).map(({ name }) => name),
  )
  const per = keys.map(({ name, value }) => preparing.extend(`${name}_key`, value))
  const parts: Aggregate['measures'][number][] = []
  const derived: Extend['columns'][number][] = []
  for (const measure of measures) {
    if (!lacks(measure.aggregate)) {
      parts.push(measure)
      continue
    }
    const { aggregates, combine } = emulate(measure.aggregate, per, preparing)
    if (!combine) {
      parts.push({ ...measure, aggregate: aggregates[0] })
      continue
    }
    const names = aggregates.map((aggregate, at) => {
      const name = preparing.take(`${measure.name}_${at + 1}`)
      parts.push({ name, type: 'number', aggregate })
      return name
    })
    const { aggregate: _, ...column } = measure
    derived.push({ ...column, value: combine(names.map((name) => ({ op: 'column', name }))) })
  }
  const named = keys.map((key, at) => ({ ...key, value: { op: 'column', name: per[at]! } as const }))
  const grouped: Node = { op: 'aggregate', step, input: preparing.node(), keys: named, measures: parts }
  if (derived.length === 0) return grouped
  return restoreColumns({ op: 'extend', step, input: grouped, columns: derived }, listColumns(node))
}

/** `expression` with what an engine lacks worked out over the same rows. */
function emulateOvers(expression: Expression, lacks: Lacks, preparing: Preparing): Expression {
  return replaceOvers(expression, ({ aggregate, per }) => {
    if (!lacks(aggregate)) return { op: 'over', aggregate, per }
    const { aggregates, combine } = emulate(aggregate, per, preparing)
    const values = aggregates.map((one): Expression => ({ op: 'over', aggregate: one, per }))
    return combine ? combine(values) : values[0]!
  })
}

function emulateColumns(node: Extend, lacks: Lacks): Node {
  const preparing = prepare(
    node.input,
    node.step,
    node.columns.map(({ name }) => name),
  )
  const columns = node.columns.map((column) => ({ ...column, value: emulateOvers(column.value, lacks, preparing) }))
  return restoreColumns({ ...node, input: preparing.node(), columns }, listColumns(node))
}

function emulateCondition(node: Filter, lacks: Lacks): Node {
  const preparing = prepare(node.input, node.step, [])
  const where = emulateOvers(node.where, lacks, preparing)
  return restoreColumns({ ...node, input: preparing.node(), where }, listColumns(node))
}
