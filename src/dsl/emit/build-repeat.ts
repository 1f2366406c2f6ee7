import { atom } from '../dialects/fragments.ts'
import type { Node, Repeat } from '../plan.ts'
import { addCte, type Building, close, prepare, readFrom, resolveIn } from './building.ts'
import { findTerm, type Output, type Select, withStep } from './select.ts'
import { callTerm, hasWindow, type Term } from './term.ts'
import { writeLoneLiteral } from './write-term.ts'

type Build = (building: Building, node: Node) => Select

const isBelowDay = ({ grain }: Repeat): boolean => grain === 'hour' || grain === 'minute'

/** The first moment of a row's first period, its begin and its end, as they are compared with the starts of periods. */
function listMoments({ grain, argType }: Repeat, from: Term, to: Term) {
  const bucket = (arg: Term): Term => ({ op: 'bucket', grain, arg, argType })
  const exact = (arg: Term): Term =>
    grain === 'hour' || grain === 'minute' || argType === 'date' ? arg : { op: 'local', arg, argType }
  return { first: bucket(from), begin: exact(from), end: exact(to), lastPeriod: bucket(to) }
}

/** Every period from the first that a row begins in (but none before `since`) to `until`. */
function addPeriods(building: Building, node: Repeat, source: string, first: string) {
  const { writeName, writeSeries } = building.dialect
  const type = isBelowDay(node) ? 'timestamp' : 'date'
  const moment = (value: string) => writeLoneLiteral(building, { op: 'literal', type: 'timestamp', value })
  const least = `min(${writeName(first)})`
  const since = moment(node.since)
  const lines = writeSeries({
    first: atom(`CASE WHEN ${least} < ${since.text} THEN ${since.text} ELSE ${least} END`, type),
    last: moment(node.until),
    grain: node.grain,
    type,
    name: writeName(node.period.name),
    source,
  })
  return addCte(building, `every_${node.period.name}`, [node.step], lines)
}

/**
 * Joins the rows with a table of periods, each with those in which it was alive. The first period of each row is a column of its own: the
 * table starts with the least of them.
 */
export function buildRepeat(building: Building, node: Repeat, build: Build): Select {
  const below = build(building, node.input)
  const isOpen = !below.keys && below.limit === undefined && !below.outputs.some(({ term }) => hasWindow(term))
  const open = prepare(building, isOpen ? { ...below, order: [] } : close(building, below), [node.from, node.to])
  const moments = listMoments(node, resolveIn(open, node.from), resolveIn(open, node.to))
  const type = isBelowDay(node) ? 'timestamp' : 'date'
  const added: Output[] = []
  /** A column for `term`: one that is there, or a new one. */
  const expose = (term: Term, wanted: string, as: Output['type']): Output => {
    const known = [...open.outputs, ...added].find((output) => output.term === term)
    const output = known ?? { name: building.takeName(wanted), type: as, term }
    if (!known) added.push(output)
    return output
  }
  const first = expose(moments.first, `first_${node.grain}`, type)
  const begin = node.mode === 'end' ? first : expose(moments.begin, 'alive_from', node.argType)
  const hasEnd = !(node.to.op === 'literal' && node.to.value === null)
  const endOf = (): Output =>
    node.mode === 'end'
      ? expose(moments.lastPeriod, `last_${node.grain}`, type)
      : expose(moments.end, 'alive_to', node.argType)
  const end = hasEnd ? endOf() : undefined
  const rows = close(building, { ...open, order: [], isCut: false, outputs: [...open.outputs, ...added] })
  const periods = readFrom(addPeriods(building, node, rows.from.source, first.name), [node.period], rows)
  const period = findTerm(periods, node.period.name)
  const at = (output: Output) => findTerm(rows, output.name)
  const earliest = node.mode === 'start' ? at(begin) : at(first)
  const on = [callTerm('greater_or_equal', period, earliest)]
  const endsAfter = (moment: Term) => {
    if (end) on.push(callTerm('or', callTerm('is_empty', at(end)), callTerm('greater', at(end), moment)))
  }
  endsAfter(period)
  // Within one period an end may lie before its begin.
  if (node.mode === 'any') endsAfter(at(begin))
  const outputs = rows.outputs.slice(0, open.outputs.length)
  return withStep(
    {
      ...rows,
      joins: [{ kind: 'inner', relation: periods.from, on }],
      outputs: [...outputs, { ...node.period, term: period }],
      title: `${open.title}_per_${node.grain}`,
    },
    node.step,
  )
}
