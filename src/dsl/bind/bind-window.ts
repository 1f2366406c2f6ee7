import { grains } from '../../base/periods.ts'
import { refuseRepeats } from '../check/check-repeats.ts'
import type { Scope } from '../check/checker.ts'
import { findOrder } from '../check/ordering.ts'
import { findTimeAxis, findType, toBound } from '../check/relation.ts'
import type { AcrossFunction } from '../functions/function.ts'
import { isBucket } from '../functions/index.ts'
import type { Call, Duration, Expression } from '../tree/ast.ts'
import { findDefaultName } from '../tree/default-name.ts'
import { isTime } from './bind-comparison.ts'
import { bindPer, checkStretch, listSeries, refuseType, requireAxis, type TimeAxis } from './bind-series.ts'
import { type Bound, type BoundWindow, unknown } from './bound.ts'

type Windowed = Extract<AcrossFunction, { across: 'running' | 'moving' | 'place' | 'tile' | 'number' }>
type Clause = 'ascending' | 'by' | 'where' | 'over' | 'restart' | 'per'

/** What may stand behind the arguments, and how many of these there are. */
const forms: Readonly<Record<Windowed['across'], { readonly args: number; readonly takes: readonly Clause[] }>> = {
  running: { args: 1, takes: ['restart', 'per'] },
  moving: { args: 2, takes: [] },
  place: { args: 1, takes: ['ascending', 'per'] },
  tile: { args: 2, takes: ['ascending', 'per'] },
  number: { args: 0, takes: ['by', 'per'] },
}

const clauses: readonly Clause[] = ['ascending', 'by', 'where', 'over', 'restart', 'per']

/** Ranks, running and moving values. */
export function bindWindow(node: Call, definition: Windowed, scope: Scope): Bound {
  const { checker } = scope
  const { args, takes } = forms[definition.across]
  const strange = clauses.find((clause) => node[clause] !== undefined && !takes.includes(clause))
  if (node.args.length !== args || strange !== undefined)
    return checker.report(node, {
      code: 'arguments',
      message:
        strange === undefined
          ? `\`${node.name}\` takes ${args === 0 ? 'no arguments' : args === 1 ? 'one argument' : `${args} arguments`}, and has ${node.args.length}`
          : `\`${node.name}\` takes no \`${strange === 'ascending' ? 'asc' : strange}\``,
      hint: `Write \`${definition.signature}\`.`,
    })
  const [first] = node.args
  const of = first ? checker.bind(first, scope) : undefined
  const per = bindPer(node, scope)
  if (of?.type === 'unknown' || !per) return unknown
  const window = bindForm(node, definition, of ?? unknown, per, scope)
  if (!window) return unknown
  const keeps = 'aggregate' in window.call && window.call.aggregate.fn !== 'count'
  return {
    kind: 'window',
    type: keeps && of ? of.type : 'number',
    ...(keeps && of?.unit !== undefined ? { unit: of.unit } : {}),
    window,
    name: findDefaultName(node, isBucket) ?? node.name,
  }
}

function bindForm(
  node: Call,
  definition: Windowed,
  of: Bound,
  per: readonly Bound[],
  scope: Scope,
): BoundWindow | undefined {
  const [first, second] = node.args
  const ranked = { per, by: [{ value: of, descending: !node.ascending }], needsFirst: true }
  switch (definition.across) {
    case 'place':
      return { call: { fn: definition.fn }, ...ranked }
    case 'tile': {
      const tiles = readCount(second)
      if (tiles !== undefined) return { call: { fn: 'ntile', tiles }, ...ranked }
      return refuseCount(second ?? node, 'the number of parts', scope)
    }
    case 'number': {
      const { by } = node
      const value = by && scope.checker.bind(by.value, scope)
      if (value?.type === 'unknown') return undefined
      const order = by && value ? [{ value, descending: by.descending }] : listOrder(scope)
      return { call: { fn: 'row_number' }, per, by: order, needsFirst: false }
    }
    default: {
      const isCount = definition.fn === 'count'
      const isExtreme = definition.fn === 'min' || definition.fn === 'max'
      if (!isCount && of.type !== 'number' && !(isExtreme && isTime(of))) {
        refuseType(node, first ?? node, of, scope)
        return undefined
      }
      const along = new Set(scope.relation.grain.kind === 'keys' ? scope.relation.grain.keys : [])
      if (!isExtreme && refuseRepeats(node, [of], { ...scope, keys: along })) return undefined
      const aggregate = { fn: definition.fn, args: [of], where: undefined }
      return definition.across === 'running'
        ? bindRunning(node, aggregate, per, scope)
        : bindMoving(node, aggregate, scope)
    }
  }
}

type Aggregate = Extract<BoundWindow['call'], { readonly aggregate: unknown }>['aggregate']

/** A plan's column as a value. */
const readColumn = ({ relation }: Scope, name: string): Bound => ({
  kind: 'column',
  name,
  type: findType(relation, name),
  rows: undefined,
  field: undefined,
})

/** The order that the rows have. */
const listOrder = (scope: Scope): BoundWindow['by'] =>
  findOrder(scope.relation, scope).map(({ name, descending }) => ({ value: readColumn(scope, name), descending }))

const alongAxis = (axis: TimeAxis, scope: Scope) => ({
  per: listSeries(scope, axis).map((name) => readColumn(scope, name)),
  by: [{ value: toBound(axis), descending: false }],
  needsFirst: true,
})

/** Along the time axis where there is one, else in the order of the rows. */
function bindRunning(node: Call, aggregate: Aggregate, per: readonly Bound[], scope: Scope): BoundWindow | undefined {
  const call = { fn: 'running', aggregate } as const
  const found = findTimeAxis(scope.relation)
  const axis = found?.bucket ? { ...found, bucket: found.bucket } : undefined
  if (node.restart !== undefined) {
    const anew = bindRestart(node, node.restart, scope)
    if (!anew || !axis) return undefined
    const along = alongAxis(axis, scope)
    return { call, ...along, per: [...along.per, anew] }
  }
  if (!axis) return { call, per, by: listOrder(scope), needsFirst: false }
  if (!node.per) return { call, ...alongAxis(axis, scope) }
  scope.checker.report(node, {
    code: 'arguments',
    message: `\`${node.name}\` goes along \`${axis.name}\` for each of the other keys, and takes no \`per\` there`,
    hint: 'Leave `per` out, or group by fewer keys.',
  })
  return undefined
}

function bindRestart(node: Call, unit: NonNullable<Call['restart']>, scope: Scope): Bound | undefined {
  const axis = requireAxis(node, scope)
  if (!axis) return undefined
  if (grains.indexOf(unit) <= grains.indexOf(axis.bucket) || node.per) {
    scope.checker.report(node, {
      code: node.per ? 'arguments' : 'stretch-too-short',
      message: node.per
        ? `\`${node.name}\` goes along \`${axis.name}\` for each of the other keys, and takes no \`per\` there`
        : `rows are one ${axis.bucket} apart, so that nothing can add up within a ${unit}`,
      hint: node.per ? 'Leave `per` out, or group by fewer keys.' : 'Restart with a longer unit.',
    })
    return undefined
  }
  const type = grains.indexOf(unit) < grains.indexOf('day') ? 'timestamp' : 'date'
  return { kind: 'bucket', type, grain: unit, arg: toBound(axis) }
}

function bindMoving(node: Call, aggregate: Aggregate, scope: Scope): BoundWindow | undefined {
  const axis = requireAxis(node, scope)
  const [, stretch] = node.args
  if (!axis || !stretch) return undefined
  const count = readCount(stretch)
  if (count === undefined && stretch.kind !== 'duration') return refuseCount(stretch, 'the number of periods', scope)
  const duration: Duration = stretch.kind === 'duration' ? stretch : { count: count ?? 1, unit: axis.bucket }
  if (!checkStretch(duration, axis, stretch, scope)) return undefined
  return { call: { fn: 'moving', aggregate, count: duration.count, unit: duration.unit }, ...alongAxis(axis, scope) }
}

const countMax = 10_000

/** A whole number written out. */
function readCount(node: Expression | undefined): number | undefined {
  const value = node?.kind === 'number' ? Number(node.value) : Number.NaN
  return Number.isInteger(value) && value >= 1 && value <= countMax ? value : undefined
}

function refuseCount(node: Expression, what: string, { checker }: Scope): undefined {
  checker.report(node, {
    code: 'arguments',
    message: `${what} is a whole number from 1 to ${countMax}`,
    hint: 'Write it out, as `4`.',
  })
  return undefined
}
