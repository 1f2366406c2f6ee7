import { unreachable } from '../../base/invariant.ts'
import type {
  Aggregate,
  Expand,
  Expression,
  Extend,
  Lookup,
  Match,
  Node,
  Shift,
  Sort,
  SortKey,
  Top,
  Window,
} from '../plan/plan.ts'
import { call, read, zero } from '../reduce/parts.ts'
import { completeOrder, hasOrder, listColumns, listNames, listWindowNames } from './columns.ts'

type Names = ReadonlySet<string>

const keep = <T extends { readonly name: string }>(columns: readonly T[], needed: Names): readonly T[] =>
  columns.filter(({ name }) => needed.has(name))

/** `needed` without `columns` of this node, with what else it reads. */
function below(needed: Names, columns: readonly { readonly name: string }[], reads: readonly string[]): Names {
  const own = new Set(columns.map(({ name }) => name))
  return new Set([...[...needed].filter((name) => !own.has(name)), ...reads])
}

const namesOf = (order: readonly SortKey[]): readonly string[] => order.map(({ name }) => name)

/**
 * `node` without what nobody reads: columns, look-ups that give none, sorts that no cut follows. `needed` are the columns wanted of it;
 * `isCut` says that a limit above takes its first rows, so that their order matters.
 */
export function prune(node: Node, needed: Names, isCut = false): Node {
  return narrow(pruneNode(node, needed, isCut), needed)
}

/** Columns that only `node` itself read end here. */
function narrow(node: Node, needed: Names): Node {
  const columns = listColumns(node)
  if (columns.every(({ name }) => needed.has(name))) return node
  return {
    op: 'project',
    step: node.step,
    input: node,
    columns: keep(columns, needed).map((column) => ({ ...column, from: column.name })),
  }
}

function pruneNode(node: Node, needed: Names, isCut: boolean): Node {
  switch (node.op) {
    case 'scan':
      return { ...node, columns: keep(node.columns, needed) }
    case 'block':
      return { ...node, columns: keep(node.columns, needed) }
    case 'union':
      return { ...node, columns: keep(node.columns, needed), inputs: node.inputs.map((input) => prune(input, needed)) }
    case 'values':
      return node
    case 'lookup':
      return pruneLookup(node, needed, isCut)
    case 'descend': {
      const start = new Set(node.columns.map((column) => column.start))
      const ends = new Set(node.columns.flatMap(({ from, to }) => [from, to]))
      return { ...node, start: prune(node.start, start), edges: prune(node.edges, ends) }
    }
    case 'expand':
      return pruneExpand(node, needed)
    case 'repeat': {
      const reads = [...listNames(node.from), ...listNames(node.to)]
      return { ...node, input: prune(node.input, below(needed, [node.period], reads)) }
    }
    case 'filter':
      return { ...node, input: prune(node.input, below(needed, [], listNames(node.where)), isCut) }
    case 'match':
      return pruneMatch(node, needed, isCut)
    case 'extend':
      return pruneAdded(node, needed, isCut, ({ columns }) => columns.flatMap(({ value }) => listNames(value)))
    case 'aggregate':
      return pruneAggregate(node, needed)
    case 'shift':
      return pruneAdded(node, needed, isCut, ({ time, per, columns }) => [time, ...per, ...columns.map(({ of }) => of)])
    case 'window':
      return pruneAdded(node, needed, isCut, listWindowNames)
    case 'sort':
      return isCut ? pruneSort(node, needed) : prune(node.input, needed)
    case 'limit': {
      const reads = hasOrder(node.input) ? [] : namesOf(completeOrder([], node.input))
      return { ...node, input: prune(node.input, below(needed, [], reads), true) }
    }
    case 'top':
      return pruneTop(node, needed)
    case 'project': {
      const columns = keep(node.columns, needed)
      return { ...node, columns, input: prune(node.input, new Set(columns.map(({ from }) => from)), isCut) }
    }
    case 'fill': {
      const columns = keep(node.columns, needed)
      return { ...node, columns, input: prune(node.input, below(needed, [], [node.time, ...node.per])) }
    }
    case 'zip': {
      const keys = node.keys.map(({ name }) => name)
      return { ...node, inputs: node.inputs.map((input) => prune(input, below(namesIn(input, needed), [], keys))) }
    }
    default:
      return unreachable(node)
  }
}

const namesIn = (node: Node, needed: Names): Names =>
  new Set(namesOf(listColumns(node) as never[]).filter((name) => needed.has(name)))

/** What only adds columns to its rows: without those that nobody reads, or gone with all of them. `listReads` says which columns it reads. */
function pruneAdded<Adding extends Extend | Shift | Window>(
  node: Adding,
  needed: Names,
  isCut: boolean,
  listReads: (kept: Adding) => readonly string[],
): Node {
  const columns = keep<Adding['columns'][number]>(node.columns, needed)
  if (columns.length === 0) return prune(node.input, needed, isCut)
  const kept: Adding = { ...node, columns }
  return { ...kept, input: prune(node.input, below(needed, node.columns, listReads(kept)), isCut) }
}

function pruneLookup(node: Lookup, needed: Names, isCut: boolean): Node {
  const columns = keep(node.columns, needed)
  if (columns.length === 0) return prune(node.input, needed, isCut)
  const left = node.on.map((pair) => pair.left)
  const right = new Set([...node.on.map((pair) => pair.right), ...columns.map(({ from }) => from)])
  const input = prune(node.input, below(needed, node.columns, left), isCut)
  return { ...node, columns, input, to: prune(node.to, right) }
}

function pruneExpand(node: Expand, needed: Names): Node {
  const columns = keep(node.columns, needed)
  const left = node.on.map((pair) => pair.left)
  const right = new Set([...node.on.map((pair) => pair.right), ...columns.map(({ from }) => from)])
  return { ...node, columns, input: prune(node.input, below(needed, node.columns, left)), to: prune(node.to, right) }
}

function pruneAggregate(node: Aggregate, needed: Names): Node {
  const measures = keep(node.measures, needed)
  const reads = [
    ...node.keys.flatMap(({ value }) => listNames(value)),
    ...measures.flatMap(({ aggregate }) => [
      ...aggregate.args.flatMap(listNames),
      ...(aggregate.where ? listNames(aggregate.where) : []),
    ]),
  ]
  return { ...node, measures, input: prune(node.input, new Set(reads)) }
}

const compareCount = ({ keeps, count }: Match): Expression =>
  call(keeps === 'any' ? 'greater' : 'equals', read(count), zero)

/** Where somebody wants to know how many rows match, they are counted anyway. */
function pruneMatch(node: Match, needed: Names, isCut: boolean): Node {
  const { input, to, on, seen, where, count, step } = node
  if (needed.has(count)) return pruneNode({ op: 'filter', step, input, where: compareCount(node) }, needed, isCut)
  const own = new Set(seen.map(({ name }) => name))
  const reads = where ? listNames(where) : []
  const left = [...on.map((pair) => pair.left), ...seen.map(({ from }) => from)]
  const right = new Set([...on.map((pair) => pair.right), ...reads.filter((name) => !own.has(name))])
  return { ...node, input: prune(input, below(needed, [], left), isCut), to: prune(to, right) }
}

function pruneSort(node: Sort, needed: Names): Node {
  const order = completeOrder(node.by, node.input)
  return { ...node, input: prune(node.input, below(needed, [], namesOf(order))) }
}

function pruneTop(node: Top, needed: Names): Node {
  const order = node.withTies ? node.by : completeOrder(node.by, node.input)
  return { ...node, input: prune(node.input, below(needed, [], [...node.per, ...namesOf(order)])) }
}
