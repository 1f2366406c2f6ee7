import type { AggregateName } from '../functions/scalar-names.ts'
import type { Aggregate, AggregateCall, Expression, Extend, Lookup, Measure, Node } from '../plan.ts'
import { listColumns } from './columns.ts'
import { mapInputs } from './map-inputs.ts'
import { restoreColumns } from './restore-columns.ts'

/**
 * `node` with aggregates over its own groups only. What looks beyond a group is worked out from the groups where its parts add up, else
 * grouped apart and looked up.
 */
export function reduceMeasures(node: Node): Node {
  const below = mapInputs(node, reduceMeasures)
  return below.op === 'aggregate' && below.measures.some(({ per }) => per) ? reduceGroup(below) : below
}

/** How an aggregate of several groups follows from those of each. */
const mergers: Partial<Record<AggregateName, AggregateName>> = { sum: 'sum', count: 'sum', min: 'min', max: 'max' }

const isEqual = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
const column = (name: string): Expression => ({ op: 'column', name })

function reduceGroup(node: Aggregate): Node {
  const own: Measure[] = node.measures.filter(({ per }) => !per)
  const taken = new Set([...node.keys, ...node.measures].map(({ name }) => name))
  const take = (wanted: string): string => {
    let name = wanted
    for (let count = 2; taken.has(name); count++) name = `${wanted}_${count}`
    taken.add(name)
    return name
  }
  /** The column of a group's own aggregate. */
  const part = (aggregate: AggregateCall, measure: Measure): Expression => {
    const known = own.find((one) => isEqual(one.aggregate, aggregate))
    if (known) return column(known.name)
    const name = take(`${measure.name}_part`)
    own.push({ name, type: measure.type, aggregate })
    return column(name)
  }
  const merged: Extend['columns'][number][] = []
  const apart: Measure[] = []
  for (const measure of node.measures) {
    const { aggregate, per, ...typed } = measure
    if (!per) continue
    const value = mergeGroups(aggregate, per, (call) => part(call, measure))
    if (value) merged.push({ ...typed, value })
    else apart.push(measure)
  }
  let reduced: Node = { ...node, measures: own }
  if (merged.length > 0) reduced = { op: 'extend', step: node.step, input: reduced, columns: merged }
  for (const measures of Map.groupBy(apart, ({ per = [] }) => per.join('\n')).values())
    reduced = lookUp(node, reduced, measures)
  return restoreColumns(reduced, listColumns(node))
}

/** An aggregate over all groups that share `per`; undefined where the groups' own do not suffice. */
function mergeGroups(
  call: AggregateCall,
  per: readonly string[],
  part: (call: AggregateCall) => Expression,
): Expression | undefined {
  const over = (fn: AggregateName, own: AggregateCall): Expression => ({
    op: 'over',
    aggregate: { fn, args: [part(own)] },
    per,
  })
  if (call.fn === 'avg') {
    const [sum, count] = (['sum', 'count'] as const).map((fn) => over('sum', { ...call, fn }))
    return { op: 'call', fn: 'divide', args: [sum!, count!] }
  }
  const merger = mergers[call.fn as AggregateName]
  return merger && over(merger, call)
}

/** Groups the same rows by `per` alone, and puts what that gives beside the groups. */
function lookUp(node: Aggregate, input: Node, measures: readonly Measure[]): Lookup {
  const { step } = node
  const per = measures[0]?.per ?? []
  const keys = node.keys.filter(({ name }) => per.includes(name))
  const own = measures.map(({ per: _, ...measure }) => measure)
  return {
    op: 'lookup',
    step,
    input,
    to: { op: 'aggregate', step, input: node.input, keys, measures: own },
    on: keys.map(({ name }) => ({ left: name, right: name })),
    matchesEmpty: true,
    columns: own.map(({ aggregate: _, ...typed }) => ({ ...typed, from: typed.name })),
  }
}
