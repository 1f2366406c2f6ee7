import { hasOver } from '../emit/build-over.ts'
import { findUniqueKey, listColumns, listNames } from '../emit/columns.ts'
import { mapInputs } from '../emit/map-inputs.ts'
import type { Aggregate, Expand, Expression, Extend, Filter, Lookup, Match, Node } from '../plan/plan.ts'
import { call, isEqual } from './parts.ts'

type Pairs = Lookup['on']
type Matched = Pick<Match, 'to' | 'on' | 'seen' | 'where'>

const listConjuncts = (where: Expression): readonly Expression[] =>
  where.op === 'call' && where.fn === 'and' ? where.args.flatMap(listConjuncts) : [where]

/** The column that a condition holds against nought, and whether it must be more or just that. */
function readExistence(condition: Expression): Pick<Match, 'count' | 'keeps'> | undefined {
  if (condition.op !== 'call') return undefined
  const [column, bound] = condition.args
  if (condition.fn === 'not') {
    const inner = column && readExistence(column)
    return inner && { ...inner, keeps: inner.keeps === 'any' ? 'none' : 'any' }
  }
  if (column?.op !== 'column' || bound?.op !== 'literal' || bound.value !== 0) return undefined
  if (condition.fn === 'greater') return { count: column.name, keeps: 'any' }
  return condition.fn === 'equals' ? { count: column.name, keeps: 'none' } : undefined
}

/** The look-up that gives `name`, below what adds columns to its rows or leaves some out. */
function findLookup(node: Node, name: string): Lookup | undefined {
  if (node.op !== 'lookup' && node.op !== 'extend' && node.op !== 'filter') return undefined
  if (node.op === 'lookup' && node.columns.some((column) => column.name === name)) return node
  return findLookup(node.input, name)
}

/** What is grouped to count the rows that a look-up finds, where it gives nothing else and nought for none. */
function findCounted({ to, columns, on }: Lookup): Aggregate | undefined {
  const [column, ...others] = columns
  if (to.op !== 'aggregate' || column?.orElse?.value !== 0 || others.length > 0 || on.length === 0) return undefined
  const [measure, ...more] = to.measures
  if (!measure || more.length > 0 || measure.name !== column.from || measure.per || measure.over) return undefined
  const { fn, args, where } = measure.aggregate
  return fn === 'count' && args.length === 0 && where === undefined ? to : undefined
}

/** `on` with what `keys` are made of in place of their names; undefined where one is worked out. */
function readThrough(on: Pairs, keys: Aggregate['keys']): Pairs | undefined {
  const read = on.flatMap(({ left, right }) => {
    const value = keys.find(({ name }) => name === right)?.value
    return value?.op === 'column' ? [{ left, right: value.name }] : []
  })
  return read.length === on.length ? read : undefined
}

/** `node` on `to` in place of `expand`; undefined where something on the way reads what only that has. */
function standOn(node: Node, expand: Expand, to: Node): Node | undefined {
  if (node === expand) return to
  if (node.op !== 'lookup' && node.op !== 'extend') return undefined
  const input = standOn(node.input, expand, to)
  const there = new Set(listColumns(to).map(({ name }) => name))
  const reads =
    node.op === 'lookup' ? node.on.map(({ left }) => left) : node.columns.flatMap(({ value }) => listNames(value))
  const own = new Set(listColumns(expand).map(({ name }) => name))
  return input && reads.every((name) => there.has(name) || !own.has(name)) ? { ...node, input } : undefined
}

const findExpand = (node: Lookup | Extend | Node): Expand | undefined => {
  if (node.op === 'expand') return node
  return node.op === 'lookup' || node.op === 'extend' ? findExpand(node.input) : undefined
}

/** Related rows under a condition that sees the row: they stand beside each of the values that rows have, once. */
function readSeen({ where, input }: Filter, counted: Aggregate, { on, input: rows }: Lookup): Matched | undefined {
  const expand = findExpand(input)
  if (!expand || expand.matchesEmpty || hasOver(where)) return undefined
  const once = expand.input
  if (once.op !== 'aggregate' || once.measures.length > 0 || !isEqual(once.input, rows)) return undefined
  const seen = once.keys.flatMap(({ name, value }) => (value.op === 'column' ? [{ name, from: value.name }] : []))
  const through = readThrough(on, counted.keys)
  const isOwn = through?.every(({ left, right }) => seen.some(({ name, from }) => name === right && from === left))
  const lefts = on.map(({ left }) => left)
  const tellsRows = on.length === seen.length || findUniqueKey(rows)?.every((name) => lefts.includes(name))
  const isNamed = expand.columns.every(({ name, from }) => name === from)
  if (seen.length < once.keys.length || !isOwn || !tellsRows || !isNamed) return undefined
  const to = standOn(input, expand, expand.to)
  const pairs = expand.on.map(({ left, right }) => ({ left: seen.find(({ name }) => name === left)!.from, right }))
  return to && pairs.length > 0 ? { to, on: pairs, seen, where } : undefined
}

/** The rows that a look-up counts, and how they are matched. */
function readMatched(lookup: Lookup): Matched | undefined {
  const counted = findCounted(lookup)
  if (!counted) return undefined
  const seen = counted.input.op === 'filter' ? readSeen(counted.input, counted, lookup) : undefined
  if (seen || lookup.matchesEmpty) return seen
  const on = readThrough(lookup.on, counted.keys)
  return on && { to: counted.input, on, seen: [] }
}

function matchFilter(node: Filter): Node {
  const rest: Expression[] = []
  const matches: Omit<Match, 'input'>[] = []
  for (const condition of listConjuncts(node.where)) {
    const existence = readExistence(condition)
    const lookup = existence && findLookup(node.input, existence.count)
    const matched = lookup && readMatched(lookup)
    if (matched) matches.push({ op: 'match', step: node.step, ...matched, ...existence })
    else rest.push(condition)
  }
  if (matches.length === 0) return node
  const [first, ...others] = rest
  const where = first && (others.length > 0 ? call('and', first, ...others) : first)
  const kept: Node = where ? { ...node, where } : node.input
  return matches.reduce<Node>((input, match) => ({ ...match, input }), kept)
}

/**
 * `node` with conditions that hold a count of other rows against nought as matches: whether there is a row can be told without counting them.
 * The count stays where it was, for those who read it; who does not is pruned later.
 */
export function matchRows(node: Node): Node {
  const below = mapInputs(node, matchRows)
  return below.op === 'filter' ? matchFilter(below) : below
}
