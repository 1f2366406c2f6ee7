import { unreachable } from '../../base/invariant.ts'
import type { Column, Expression, Node, SortKey, Values, Window } from '../plan/plan.ts'

/** The nodes whose rows `node` works on. */
export function listInputs(node: Node): readonly Node[] {
  switch (node.op) {
    case 'scan':
    case 'block':
    case 'values':
      return []
    case 'zip':
    case 'union':
      return node.inputs
    case 'lookup':
    case 'expand':
    case 'match':
      return [node.input, node.to]
    case 'descend':
      return [node.start, node.edges]
    default:
      return [node.input]
  }
}

/** Columns that `node` gives, in order. */
export function listColumns(node: Node): readonly Column[] {
  switch (node.op) {
    case 'scan':
    case 'values':
    case 'project':
    case 'block':
    case 'union':
    case 'descend':
      return node.columns
    case 'lookup':
    case 'expand':
    case 'extend':
    case 'shift':
    case 'window':
      return [...listColumns(node.input), ...node.columns]
    case 'repeat':
      return [...listColumns(node.input), node.period]
    case 'aggregate':
      return [...node.keys, ...node.measures]
    case 'zip': {
      const keys = new Set(node.keys.map(({ name }) => name))
      return [...node.keys, ...node.inputs.flatMap((input) => listColumns(input).filter(({ name }) => !keys.has(name)))]
    }
    case 'filter':
    case 'match':
    case 'sort':
    case 'limit':
    case 'top':
    case 'fill':
      return listColumns(node.input)
    default:
      return unreachable(node)
  }
}

/** Columns whose values no two rows of `node` share; undefined when none are known, empty when there is one row at most. */
export function findUniqueKey(node: Node): readonly string[] | undefined {
  switch (node.op) {
    case 'scan':
    case 'block':
      return node.key?.every((name) => node.columns.some((column) => column.name === name)) ? node.key : undefined
    case 'aggregate':
    case 'zip':
      return node.keys.map(({ name }) => name)
    case 'project': {
      const key = findUniqueKey(node.input)
      const renamed = key?.map((name) => node.columns.find(({ from }) => from === name)?.name)
      return renamed?.every((name) => name !== undefined) ? renamed : undefined
    }
    case 'values':
      return node.rows.length === 1 ? [] : findDistinct(node)
    case 'expand': {
      const key = findUniqueKey(node.input)
      const own = findUniqueKey(node.to)?.map((name) => node.columns.find(({ from }) => from === name)?.name)
      const isKnown = key && own?.every((name) => name !== undefined)
      return isKnown ? [...key, ...own] : undefined
    }
    case 'repeat': {
      const key = findUniqueKey(node.input)
      return key && [...key, node.period.name]
    }
    case 'fill': {
      const key = [node.time, ...node.per]
      return findUniqueKey(node.input)?.every((name) => key.includes(name)) ? key : undefined
    }
    case 'descend':
      return node.columns.map(({ name }) => name)
    case 'union':
      return undefined
    default:
      return findUniqueKey(node.input)
  }
}

/** The first column that tells the rows apart on its own. */
function findDistinct({ columns, rows }: Values): readonly string[] | undefined {
  const at = columns.findIndex((_, place) => new Set(rows.map((row) => row[place]?.value)).size === rows.length)
  return at < 0 ? undefined : [columns[at]!.name]
}

/**
 * `by`, then the remaining columns until no two rows can tie: what "ties are broken by the remaining columns in order" comes to.
 */
export function completeOrder(by: readonly SortKey[], node: Node): readonly SortKey[] {
  const key = findUniqueKey(node)
  const order: SortKey[] = []
  const told = new Set<string>()
  const add = (one: SortKey) => {
    if (!told.has(one.name)) order.push(one)
    told.add(one.name)
  }
  by.forEach(add)
  for (const { name } of listColumns(node)) {
    if (key?.every((part) => told.has(part))) break
    add({ name, descending: false })
  }
  return order
}

/** What the rows of each `per` of a window are ordered by, completed like a sort; `per` itself tells nothing apart there. */
export function completeWindow({ per, by, input }: Window): readonly SortKey[] {
  const alike = per.map((name) => ({ name, descending: false }))
  return completeOrder([...alike, ...by], input).filter(({ name }) => !per.includes(name))
}

/** Names of the columns that a window reads. */
export const listWindowNames = (node: Window): readonly string[] => [
  ...node.per,
  ...completeWindow(node).map(({ name }) => name),
  ...(node.needs === undefined ? [] : [node.needs]),
  ...node.columns.flatMap(({ call }) => {
    if ('of' in call) return [call.of]
    return 'aggregate' in call ? call.aggregate.args.flatMap(listNames) : []
  }),
]

/** Names of the columns that `expression` reads. */
export function listNames(expression: Expression): readonly string[] {
  switch (expression.op) {
    case 'literal':
      return []
    case 'column':
      return [expression.name]
    case 'call':
      return expression.args.flatMap(listNames)
    case 'bucket':
    case 'moved':
      return listNames(expression.arg)
    case 'moved_by':
      return [...listNames(expression.arg), ...listNames(expression.by)]
    case 'over':
      return [
        ...expression.per,
        ...expression.aggregate.args.flatMap(listNames),
        ...(expression.aggregate.where ? listNames(expression.aggregate.where) : []),
      ]
    default:
      return unreachable(expression)
  }
}

/** Whether the rows of `node` still have an order: that of a sort, or of a cut. */
export function hasOrder(node: Node): boolean {
  switch (node.op) {
    case 'sort':
    case 'limit':
      return true
    case 'top':
      return node.per.length === 0 && !node.withTies
    case 'lookup':
    case 'filter':
    case 'match':
    case 'extend':
    case 'shift':
    case 'window':
    case 'project':
      return hasOrder(node.input)
    default:
      return false
  }
}

const comparisons = new Set(['equals', 'less', 'less_or_equal', 'greater', 'greater_or_equal', 'in'])

const isColumn = (value: Expression | undefined, name: string) => value?.op === 'column' && value.name === name

/** Whether `where` can only be true where the column `name` is not empty. */
function excludesEmpty(where: Expression, name: string): boolean {
  if (where.op !== 'call') return false
  if (where.fn === 'and') return where.args.some((arg) => excludesEmpty(arg, name))
  const [first] = where.args
  if (where.fn === 'not' && first?.op === 'call' && first.fn === 'is_empty') return isColumn(first.args[0], name)
  return comparisons.has(where.fn) && isColumn(first, name)
}

/** Whether no row of `node` can have an empty `name`: true only where the plan itself shows it. */
export function isNeverEmpty(node: Node, name: string): boolean {
  switch (node.op) {
    case 'scan':
    case 'block':
      return false
    case 'values': {
      const at = node.columns.findIndex((column) => column.name === name)
      return node.rows.every((row) => row[at]?.value !== null)
    }
    case 'filter':
      return excludesEmpty(node.where, name) || isNeverEmpty(node.input, name)
    case 'aggregate': {
      const value = node.keys.find((key) => key.name === name)?.value
      const read = value?.op === 'bucket' ? value.arg : value
      return read?.op === 'column' && isNeverEmpty(node.input, read.name)
    }
    case 'project': {
      const from = node.columns.find((column) => column.name === name)?.from
      return from !== undefined && isNeverEmpty(node.input, from)
    }
    case 'zip':
    case 'union':
      return node.inputs.every((input) => isNeverEmpty(input, name))
    case 'lookup':
    case 'expand':
    case 'extend':
    case 'shift':
    case 'window':
      return !node.columns.some((column) => column.name === name) && isNeverEmpty(node.input, name)
    case 'descend':
      return false
    case 'repeat':
      return node.period.name === name || isNeverEmpty(node.input, name)
    default:
      return isNeverEmpty(node.input, name)
  }
}
