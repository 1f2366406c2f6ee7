import { atom } from '../dialects/fragments.ts'
import type { Node, Repeat } from '../plan/plan.ts'
import { addCte, type Building, close, prepare, readFrom, resolveIn } from './building.ts'
import { findTerm, type Output, type Select, withStep } from './select.ts'
import { callTerm, hasWindow, type Term } from './term.ts'
import { writeLoneLiteral } from './write-term.ts'

type Build = (building: Building, node: Node) => Select

const isBelowDay = ({ grain }: Repeat): boolean => grain === 'hour' || grain === 'minute'

/** A row's first period, and where its interval begins and ends as far as periods are told apart by it. */
function listMoments({ grain, argType, mode }: Repeat, from: Term, to: Term) {
  const periodOf = (arg: Term): Term => ({ op: 'bucket', grain, arg, argType })
  const clock = (arg: Term): Term =>
    grain === 'hour' || grain === 'minute' || argType === 'date' ? arg : { op: 'local', arg, argType }
  return {
    first: periodOf(from),
    begin: mode === 'start' ? clock(from) : periodOf(from),
    end: mode === 'end' ? periodOf(to) : clock(to),
  }
}

/** Whether an end is later than a moment, or none. */
const reachesBeyond = (end: Term, moment: Term): Term =>
  callTerm('or', callTerm('is_empty', end), callTerm('greater', end, moment))

/** Every period from the first that a row begins in (but none before `since`) to `until`. */
function addPeriods(building: Building, node: Repeat, source: string, first: string) {
  const { writeName, writeSeries, aggregates } = building.dialect
  const type = isBelowDay(node) ? 'timestamp' : 'date'
  const moment = (value: string) => writeLoneLiteral(building, { op: 'literal', type, value })
  const least = aggregates.min({ args: [atom(writeName(first), type)], suffix: '' }).text
  const since = moment(node.since)
  const lines = writeSeries({
    first: atom(`CASE WHEN ${least} < ${since.text} THEN ${since.text} ELSE ${least} END`, 'timestamp'),
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
  const [from, to] = [resolveIn(open, node.from), resolveIn(open, node.to)]
  const moments = listMoments(node, from, to)
  const type = isBelowDay(node) ? 'timestamp' : 'date'
  const added: Output[] = []
  /** A column for `term`: one that is there, or a new one. */
  const expose = (term: Term, wanted: string, isPeriod: boolean): Output => {
    const known = [...open.outputs, ...added].find((output) => output.term === term)
    const output = known ?? { name: building.takeName(wanted), type: isPeriod ? type : node.argType, term }
    if (!known) added.push(output)
    return output
  }
  const first = expose(moments.first, `first_${node.grain}`, true)
  const begin = node.mode === 'start' ? expose(moments.begin, 'alive_from', false) : first
  const hasEnd = !(node.to.op === 'literal' && node.to.value === null)
  const end = hasEnd ? expose(moments.end, 'alive_to', node.mode === 'end') : undefined
  // Within one period an end may lie before its begin.
  const isInterval = hasEnd && node.mode === 'any' ? [reachesBeyond(to, from)] : []
  const rows = close(building, {
    ...open,
    where: [...open.where, ...isInterval],
    order: [],
    isCut: false,
    outputs: [...open.outputs, ...added],
  })
  const periods = readFrom(addPeriods(building, node, rows.from.source, first.name), [node.period], rows)
  const period = findTerm(periods, node.period.name)
  const at = (output: Output) => findTerm(rows, output.name)
  const on = [callTerm('greater_or_equal', period, at(begin)), ...(end ? [reachesBeyond(at(end), period)] : [])]
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
