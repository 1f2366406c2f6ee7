import type { Match, Node } from '../plan/plan.ts'
import { joinTo, openInput } from './build-join.ts'
import type { Building } from './building.ts'
import { type Existence, findTerm, type Select, withStep } from './select.ts'
import { resolveTerm, type Term } from './term.ts'

/** Rows for which one of the others is there, or none: `EXISTS` beside the conditions of the WHERE. */
export function buildMatch(building: Building, node: Match, build: (building: Building, node: Node) => Select): Select {
  const open = openInput(building, build(building, node.input))
  const { relation, on, further, right } = joinTo(building, open, { ...node, columns: [] }, build)
  const seen = new Map(node.seen.map(({ name, from }) => [name, from]))
  const resolve = (name: string): Term => {
    const from = seen.get(name)
    return from === undefined ? right(name) : findTerm(open, from)
  }
  const where = node.where ? [...on, resolveTerm(node.where, resolve)] : on
  const existence: Existence = { keeps: node.keeps, from: relation, joins: further, where }
  return withStep({ ...open, existences: [...open.existences, existence] }, node.step)
}
