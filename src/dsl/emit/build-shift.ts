import type { Node, Shift } from '../plan/plan.ts'
import { type Building, close } from './building.ts'
import { isNeverEmpty } from './columns.ts'
import { findTerm, type Join, type Output, type Select, withStep } from './select.ts'
import { callTerm, hasWindow, type Relation, type Term } from './term.ts'

type Build = (building: Building, node: Node) => Select

/** Looks back by the calendar, never by a number of rows: a missing period gives an empty value. */
export function buildShift(building: Building, node: Shift, build: Build): Select {
  const below = build(building, node.input)
  if (building.dialect.writeRangeBound === undefined) return joinShifted(building, node, below)
  const isFree = !below.keys && below.limit === undefined && !below.outputs.some(({ term }) => hasWindow(term))
  const open = isFree ? below : close(building, below)
  const time = findTerm(open, node.time)
  const per = node.per.map((name) => findTerm(open, name))
  const isOpen = !isNeverEmpty(node.input, node.time)
  const outputs = node.columns.map(
    ({ name, type, of, by, unit }): Output => ({
      name,
      type,
      term: { op: 'shift', of: findTerm(open, of), time, per, by, unit, isOpen },
    }),
  )
  return withStep({ ...open, outputs: [...open.outputs, ...outputs] }, node.step)
}

/** The same without windows over time: the rows joined to themselves, once for each distance. */
function joinShifted(building: Building, node: Shift, below: Select): Select {
  const base = close(building, below)
  const joins = new Map<string, Join>()
  const outputs = node.columns.map(({ name, type, of, by, unit }): Output => {
    const id = `${by} ${unit}`
    const join = joins.get(id) ?? joinAt(base, node, by, unit)
    joins.set(id, join)
    return { name, type, term: replace(findTerm(base, of), join.relation) }
  })
  return withStep(
    { ...base, joins: [...base.joins, ...joins.values()], outputs: [...base.outputs, ...outputs] },
    node.step,
  )
}

const replace = (term: Term, relation: Relation): Term => (term.op === 'reference' ? { ...term, relation } : term)

function joinAt(base: Select, node: Shift, by: number, unit: Shift['columns'][number]['unit']): Join {
  const relation: Relation = { ...base.from, alias: by < 0 ? 'later' : 'earlier' }
  const time = findTerm(base, node.time)
  const moved: Term = { op: 'moved', time, count: -by, grain: unit }
  const per = node.per.map((name): Term => {
    const own = findTerm(base, name)
    const [left, right] = [replace(own, relation), own]
    return isNeverEmpty(node.input, name) ? callTerm('equals', left, right) : { op: 'same', left, right }
  })
  return { kind: 'left', relation, on: [callTerm('equals', replace(time, relation), moved), ...per] }
}
