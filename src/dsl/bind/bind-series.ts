import { grains } from '../../base/periods.ts'
import type { Scope } from '../check/checker.ts'
import { findColumn, findTimeAxis, findType, listKeys, type RelationColumn } from '../check/relation.ts'
import { isBelowDay } from '../check/resolve-range.ts'
import { identifyRow } from '../check/rows.ts'
import { formatDuration } from '../text/format-expression.ts'
import type { Call, Duration, Expression, Path } from '../tree/ast.ts'
import { listPer } from '../tree/walk.ts'
import { isTime, typeNames } from './bind-comparison.ts'
import { resolvePath } from './bind-path.ts'
import type { Bound } from './bound.ts'

export type TimeAxis = RelationColumn & { readonly bucket: NonNullable<RelationColumn['bucket']> }

/** The column that counts periods along the rows; without one it is reported. */
export function requireAxis(node: Call, { checker, relation }: Scope, otherwise = ''): TimeAxis | undefined {
  const axis = findTimeAxis(relation)
  if (axis?.bucket) return { ...axis, bucket: axis.bucket }
  checker.report(node, {
    code: 'no-time-axis',
    message: `\`${node.name}\` needs rows of one period each`,
    hint: `Group by one period first, as in \`group by month(created_at): n = count()\`${otherwise}.`,
  })
  return undefined
}

/** The other keys beside the axis: what a series is told apart by. */
export const listSeries = ({ relation }: Scope, axis: TimeAxis): readonly string[] =>
  listKeys(relation).filter((key) => key !== axis.name)

/** Whether `duration` is a whole number of the axis' periods; if not, it is reported. */
export function checkStretch(duration: Duration, axis: TimeAxis, node: Expression, { checker }: Scope): boolean {
  const [size, step] = [grains.indexOf(duration.unit), grains.indexOf(axis.bucket)]
  const isUneven = isBelowDay(axis.bucket) && size >= grains.indexOf('month')
  if (duration.count >= 1 && duration.count <= 10_000 && size >= step && !isUneven) return true
  checker.report(node, {
    code: isUneven ? 'stretch-too-long' : 'stretch-too-short',
    message: isUneven
      ? `rows are one ${axis.bucket} apart, and ${formatDuration(duration)} have no fixed number of them`
      : `rows are one ${axis.bucket} apart, and ${formatDuration(duration)} is no whole number of them`,
    hint: isUneven ? 'Use hours, days or weeks.' : `Use ${axis.bucket}s or a longer unit.`,
  })
  return false
}

export const refuseType = (node: Call, arg: Expression, bound: Bound, { checker }: Scope): Bound =>
  checker.report(arg, {
    code: 'type-mismatch',
    message: `\`${node.name}\` takes a number, and this is ${typeNames[bound.type]}`,
    hint: isTime(bound) ? 'Times do not add up.' : 'Only numbers add up.',
  })

/** What a call keeps apart, as columns that identify each value; undefined where one was reported. */
export const bindPer = (node: Call, scope: Scope): readonly Bound[] | undefined => bindApart(listPer(node), scope)

/** Columns, fields and rows that `paths` lead to, by what tells each apart; undefined where one was reported. */
export function bindApart(paths: readonly Path[], scope: Scope): readonly Bound[] | undefined {
  const { checker, relation } = scope
  const apart = paths.flatMap((path): readonly Bound[] => {
    const column = path.parts.length === 1 ? findColumn(relation, path.parts[0] ?? '') : undefined
    if (column && column.identity.length > 0)
      return column.identity.map((name) => ({
        kind: 'column',
        name,
        type: findType(relation, name),
        rows: undefined,
        field: undefined,
      }))
    const found = column ? undefined : resolvePath(path.parts, scope)
    return found?.kind === 'row' ? identifyRow(found.rows, checker.names) : [checker.bind(path, scope)]
  })
  return apart.some(({ type }) => type === 'unknown') ? undefined : apart
}
