import { invariant } from '../../base/invariant.ts'
import type { Grain } from '../../base/periods.ts'
import type { ColumnType, Literal, Node, Window, WindowCall } from '../plan/plan.ts'
import { type Building, close } from './building.ts'
import { completeWindow, isNeverEmpty, listWindowNames } from './columns.ts'
import { findOutput, findTerm, type Output, resolveOrder, type Select, withStep } from './select.ts'
import { callTerm, hasWindow, type OrderTerm, resolveAggregate, type Term } from './term.ts'

type Build = (building: Building, node: Node) => Select

const nothing: Literal = { op: 'literal', type: 'number', value: null }

/** Windows share the SELECT of what is below unless that groups or cuts, or they would read one another. */
export function buildWindow(building: Building, node: Window, build: Build): Select {
  const below = build(building, node.input)
  const reads = new Set(listWindowNames(node))
  const nests = below.outputs.some(({ name, term }) => reads.has(name) && hasWindow(term))
  const isFree = !below.keys && below.limit === undefined && !nests
  const open = isFree ? below : close(building, below)
  const isGuarded = node.needs !== undefined && !isNeverEmpty(node.input, node.needs)
  const outputs = node.columns.map(({ name, type, call }): Output => {
    const term = resolveCall(open, node, call, isGuarded)
    if (!isGuarded) return { name, type, term }
    return {
      name,
      type,
      term: callTerm('when', callTerm('not', callTerm('is_empty', findTerm(open, node.needs!))), term, nothing),
    }
  })
  return withStep({ ...open, outputs: [...open.outputs, ...outputs] }, node.step)
}

function resolveCall(select: Select, node: Window, call: WindowCall, isGuarded: boolean): Term {
  const per = node.per.map((name) => findTerm(select, name))
  const apart = () => (isGuarded ? [...per, callTerm('is_empty', findTerm(select, node.needs!))] : per)
  const whole = () => resolveOrder(select, completeWindow(node))
  switch (call.fn) {
    case 'rank':
    case 'dense_rank':
      return { op: 'rank', fn: call.fn, per, by: resolveOrder(select, node.by) }
    case 'row_number':
      return { op: 'rank', fn: call.fn, per, by: whole() }
    // Rows that take no part would make the parts larger.
    case 'ntile':
      return { op: 'rank', fn: call.fn, tiles: call.tiles, per: apart(), by: whole() }
    // And be the row behind the last one.
    case 'beside':
      return { op: 'beside', of: findTerm(select, call.of), per: apart(), by: whole(), places: call.by }
    case 'running':
      return {
        op: 'running',
        aggregate: resolve(select, call),
        per,
        by: whole(),
        ...(call.isBefore ? { isBefore: true } : {}),
      }
    case 'moving': {
      const time = findOutput(select, node.by[0]!.name)
      const { index, size } = indexTime(time.term, time.type, call.unit)
      const by: readonly OrderTerm[] = [{ term: index, type: 'number', descending: false }]
      return { op: 'running', aggregate: resolve(select, call), per, by, reach: size * call.count - 1 }
    }
  }
}

const resolve = (select: Select, call: Extract<WindowCall, { aggregate: unknown }>) =>
  resolveAggregate(call.aggregate, (name) => findTerm(select, name))

const seconds: Partial<Record<Grain, number>> = { minute: 60, hour: 3_600, day: 86_400, week: 604_800 }
const months: Partial<Record<Grain, number>> = { month: 1, quarter: 3, year: 12 }

/**
 * A whole number that grows with `time`, and how much of it one `unit` is: all that a window over a stretch of time needs, on every
 * engine. Months have 31 places each, of which the last may stay free: what lies a month before the 30th of March then starts with
 * the 1st, as it should.
 */
function indexTime(time: Term, type: ColumnType, unit: Grain): { readonly index: Term; readonly size: number } {
  const number = (value: number): Term => ({ op: 'literal', type: 'number', value })
  const start: Term = { op: 'literal', type, value: type === 'date' ? '1970-01-01' : '1970-01-01T00:00:00Z' }
  const length = seconds[unit]
  if (type !== 'date') {
    invariant(length, 'a window over instants has a fixed length')
    return { index: callTerm('seconds_between', start, time), size: length }
  }
  if (length !== undefined) return { index: callTerm('days_between', start, time), size: length / 86_400 }
  const whole = callTerm('multiply', callTerm('months_between', start, time), number(31))
  return { index: callTerm('add', whole, callTerm('day_of_month', time)), size: 31 * (months[unit] ?? 1) }
}
