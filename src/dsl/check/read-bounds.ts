import type { Calendar } from '../../base/periods.ts'
import { resolvePath } from '../bind/bind-path.ts'
import type { Bound } from '../bind/bound.ts'
import type { Expression } from '../tree/ast.ts'
import { listConjuncts } from '../tree/walk.ts'
import type { Scope } from './checker.ts'
import { type Bounds, findColumn, type Relation } from './relation.ts'
import { resolvePeriod, resolveRange, type Stretch, toInstant } from './resolve-range.ts'

/** The later start and the earlier end. */
function intersectBounds(a: Bounds | undefined, b: Bounds, calendar: Calendar): Bounds {
  if (!a) return b
  const isLater = (one: string, other: string) => toInstant(one, calendar) > toInstant(other, calendar)
  const later = a.from !== undefined && (b.from === undefined || isLater(a.from, b.from)) ? a.from : b.from
  const earlier = a.to !== undefined && (b.to === undefined || isLater(b.to, a.to)) ? a.to : b.to
  return { from: later, to: earlier, ...(a.isLasting ? { isLasting: true } : {}) }
}

/** From the earlier start to the later end. */
export function coverBounds(a: Bounds | undefined, b: Bounds | undefined, calendar: Calendar): Bounds | undefined {
  if (!a || !b) return undefined
  const isEarlier = (one: string, other: string) => toInstant(one, calendar) < toInstant(other, calendar)
  const pick = (one: string | undefined, other: string | undefined, isEnd: boolean) =>
    one === undefined || other === undefined ? undefined : isEarlier(one, other) === isEnd ? other : one
  const isLasting = a.isLasting && b.isLasting ? ({ isLasting: true } as const) : {}
  return { from: pick(a.from, b.from, false), to: pick(a.to, b.to, true), ...isLasting }
}

/** What conditions have kept of a column, or of the time whose periods a value is of. Longer periods than those of what lasts may not be over. */
export function findBounds(value: Bound, relation: Relation): Bounds | undefined {
  const time = value.kind === 'bucket' ? value.arg : value
  if (time.kind !== 'column') return undefined
  const column = findColumn(relation, time.name)
  const bounds = relation.bounds.get(time.name) ?? column?.bounds
  if (!bounds?.isLasting || value.kind !== 'bucket' || value.grain === column?.bucket) return bounds
  return { from: bounds.from, to: bounds.to }
}

/** The stretch that one condition keeps of one column. */
function readStretch(condition: Expression, { checker }: Scope): { operand: Expression; stretch: Stretch } | undefined {
  if (condition.kind === 'in_range' && !condition.negated)
    return { operand: condition.operand, stretch: resolveRange(condition.range, checker) }
  if (
    condition.kind === 'between' &&
    !condition.negated &&
    condition.low.kind === 'period' &&
    condition.high.kind === 'period'
  ) {
    const [low, high] = [resolvePeriod(condition.low.period), resolvePeriod(condition.high.period)]
    return { operand: condition.operand, stretch: { precision: low.precision, from: low.from, to: high.to } }
  }
  if (condition.kind !== 'binary' || condition.right.kind !== 'period') return undefined
  const { from, to, precision } = resolvePeriod(condition.right.period)
  const sides = {
    '=': { from, to },
    '>=': { from, to: undefined },
    '>': { from: to, to: undefined },
    '<': { from: undefined, to: from },
    '<=': { from: undefined, to },
  }
  const side = sides[condition.operator as keyof typeof sides]
  return side && { operand: condition.left, stretch: { precision, ...side } }
}

/** The relation with what a condition says about the reach of its times: `fill` completes periods within it. */
export function narrowBounds(relation: Relation, condition: Expression, scope: Scope): Relation {
  const bounds = new Map(relation.bounds)
  let { columns } = relation
  for (const conjunct of listConjuncts(condition)) {
    const read = readStretch(conjunct, scope)
    if (read?.operand.kind !== 'path') continue
    const found = resolvePath(read.operand.parts, { ...scope, relation })
    if (found.kind !== 'value') continue
    const { calendar } = scope.checker
    const kept: Bounds = { from: read.stretch.from, to: read.stretch.to }
    const { name } = found.value
    bounds.set(name, intersectBounds(bounds.get(name), kept, calendar))
    columns = columns.map((column) =>
      column.name === name ? { ...column, bounds: intersectBounds(column.bounds, kept, calendar) } : column,
    )
  }
  return { ...relation, bounds, columns }
}
