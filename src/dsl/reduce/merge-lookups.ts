import { listColumns } from '../emit/columns.ts'
import { mapInputs } from '../emit/map-inputs.ts'
import { isEqual, readPart, unitePart, writePart } from '../emit/merge-inputs.ts'
import type { Column, Extend, Filter, Lookup, Match, Node } from '../plan/plan.ts'
import { restoreColumns } from './restore-columns.ts'
import { type Conditional, mayWiden, uniteConditions } from './unite-conditions.ts'

/** Nodes that give their input's rows, or some of them, and do not ask in which order its columns stand. */
type Link = Lookup | Extend | Filter | Match

const isLink = (node: Node): node is Link =>
  node.op === 'lookup' || node.op === 'extend' || node.op === 'filter' || node.op === 'match'

/** A look-up, and what is grouped for it, with the steps of those that it took over. */
interface Host extends Conditional {
  readonly link: Lookup
  /** Whether it may be read from more rows than its own. */
  readonly mayWiden: boolean
  readonly columns: Lookup['columns']
  readonly steps: readonly number[]
}

/** `host` with the columns of `link` too; undefined where they do not come from the same rows by the same keys. */
function takeOver(host: Host, other: Host): Host | undefined {
  const { link } = other
  if (!isEqual(host.link.on, link.on) || host.link.matchesEmpty !== link.matchesEmpty) return undefined
  const plain = host.anyOf ? undefined : unitePart(host.part, other.part)
  const isWide = host.mayWiden && other.mayWiden
  const united = plain ? { part: plain } : isWide ? uniteConditions(host, other) : undefined
  if (!united) return undefined
  const { grouping, extends: added } = united.part
  const names = [...grouping.measures, ...added.flatMap(({ columns }) => columns)].map(({ name }) => name)
  if (new Set(names).size < names.length) return undefined
  return {
    ...united,
    link: host.link,
    mayWiden: isWide,
    columns: [...host.columns, ...link.columns],
    steps: [...host.steps, link.step],
  }
}

/** What each look-up has become: a host with all that it took over, or nothing where another has taken it over. */
function findHosts(links: readonly Link[]): ReadonlyMap<Link, Host | undefined> {
  const found = new Map<Link, Host | undefined>()
  // What is counted for a match is likely pruned, and no reason to read more.
  const spared = new Set(links.flatMap((link) => (link.op === 'match' ? [link.count] : [])))
  for (const link of links) {
    const part = link.op === 'lookup' ? readPart(link.to) : undefined
    if (link.op !== 'lookup' || !part) continue
    const isSpared = link.columns.some(({ name }) => spared.has(name))
    const own: Host = { link, part, mayWiden: !isSpared && mayWiden(link, part), columns: link.columns, steps: [] }
    const united = [...found.values()].flatMap((host) => (host && takeOver(host, own)) ?? [])[0]
    if (united) found.set(united.link, united)
    found.set(link, united ? undefined : own)
  }
  return found
}

/** The grouping of a host; a projection that keeps all for each step besides its own, so that comments name it. */
function writeHost({ part, steps }: Host): Node {
  let node = writePart(part)
  for (const step of steps) node = { ...restoreColumns(node, listColumns(node)), step }
  return node
}

/** `columns` in their order where a look-up stood, and behind them what is there for `later` ones already. */
function showAgain(node: Node, columns: readonly Column[], step: number, later: readonly Lookup[]): Node {
  const early = new Set(later.flatMap((lookup) => lookup.columns.map(({ name }) => name)))
  const kept = listColumns(node).filter(({ name }) => early.has(name))
  return { ...restoreColumns(node, [...columns, ...kept]), step }
}

/** Links above `node`, first to last, with look-ups of the same rows made one where the first of them stands. */
function chain(links: readonly Link[], base: Node): Node {
  const hosts = findHosts(links)
  const moved = links.filter((link): link is Lookup => hosts.has(link) && hosts.get(link) === undefined)
  if (moved.length === 0) return links.reduce<Node>((input, link) => ({ ...link, input }), base)
  let [node, shown]: [Node, readonly Column[]] = [base, listColumns(base)]
  for (const link of links) {
    const host = hosts.get(link)
    if ('columns' in link) shown = [...shown, ...link.columns]
    if (host) node = { ...host.link, input: node, to: writeHost(host), columns: host.columns }
    else if (hosts.has(link)) node = showAgain(node, shown, link.step, moved.slice(moved.indexOf(link as Lookup) + 1))
    else node = { ...link, input: node }
  }
  return node
}

/**
 * `node` with one look-up in place of several that bring values of the same rows, grouped by the same keys, to the same rows: the table is
 * read once.
 */
export function mergeLookups(node: Node): Node {
  const links: Link[] = []
  let base = node
  while (isLink(base)) {
    links.unshift('to' in base ? { ...base, to: mergeLookups(base.to) } : base)
    base = base.input
  }
  if (links.filter(({ op }) => op === 'lookup').length < 2) return mapInputs(node, mergeLookups)
  return chain(links, mapInputs(base, mergeLookups))
}
