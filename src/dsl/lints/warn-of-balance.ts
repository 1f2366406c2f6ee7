import { addPeriods } from '../../base/periods.ts'
import type { Bound, BoundColumn } from '../bind/bound.ts'
import { listSources } from '../check/check-repeats.ts'
import type { Scope } from '../check/checker.ts'
import { toDay, toLastDay } from '../check/resolve-range.ts'
import { formatExpression } from '../text/format-expression.ts'
import type { Call } from '../tree/ast.ts'
import { listPaths } from '../tree/walk.ts'

const isFine = new Set(['day', 'hour', 'minute'])

/** Whether a key tells the times of a balance apart: the time itself, or a day of it. */
function isMoment({ rows }: BoundColumn, value: Bound): boolean {
  const time = value.kind === 'bucket' && isFine.has(value.grain) ? value.arg : value
  return time.kind === 'column' && time.rows === rows && (time.type === 'date' || time.type === 'timestamp')
}

/** Whether a condition has kept one day of a time of the balance's model. */
function isOneDay({ rows }: BoundColumn, { relation, checker: { calendar } }: Scope): boolean {
  return Object.values(rows?.scan.model.fields ?? {}).some(({ name, type }) => {
    const bounds = type === 'date' || type === 'timestamp' ? relation.bounds.get(name) : undefined
    if (bounds?.from === undefined || bounds.to === undefined) return false
    return addPeriods(toDay(bounds.from, calendar), 1, 'day') >= toLastDay(bounds.to, calendar)
  })
}

/** Whether the aggregate's own condition looks at a time of the balance's model. */
const chooses = ({ rows }: BoundColumn, node: Call): boolean =>
  node.where !== undefined &&
  listPaths(node.where, () => false).some(({ parts }) => {
    const type = rows?.scan.model.fields[parts.at(-1) ?? '']?.type
    return type === 'date' || type === 'timestamp'
  })

/** Says that a sum adds up what is held at several times: the balance of Monday and that of Tuesday are one balance. */
export function warnOfBalance(node: Call, values: readonly Bound[], scope: Scope): void {
  const held = values.flatMap((value) => listSources(value) ?? []).find(({ field }) => field?.overTime !== undefined)
  if (node.name !== 'sum' || !held?.rows || chooses(held, node) || isOneDay(held, scope)) return
  if ((scope.group ?? []).some(({ value }) => isMoment(held, value))) return
  scope.checker.report(node, {
    code: 'sum-over-time',
    severity: 'warning',
    message: `\`${held.field?.name ?? held.name}\` is held and not gained, and \`${formatExpression(node)}\` adds up all times of it`,
    hint: 'Keep one day, group by the day, or start from a metric of the catalog that says `over_time`.',
  })
}
