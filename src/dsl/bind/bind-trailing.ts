import { type Grain, grains } from '../../base/periods.ts'
import type { Scope } from '../check/checker.ts'
import type { BoundKey } from '../check/grouping.ts'
import { isBelowDay, toDay } from '../check/resolve-range.ts'
import { isWhole } from '../check/whole-periods.ts'
import type { Trailing } from '../plan/plan.ts'
import { formatDuration, formatExpression } from '../text/format-expression.ts'
import { quoteName } from '../text/quote.ts'
import type { Call, Duration } from '../tree/ast.ts'

type TimeKey = BoundKey & { readonly grain: Grain }

/** The one key that is a period; without one, or with several, it is reported. */
function findTime(node: Call, scope: Scope): TimeKey | undefined {
  const times = (scope.group ?? []).flatMap((key): readonly TimeKey[] =>
    key.column.bucket === undefined ? [] : [{ ...key, grain: key.column.bucket }],
  )
  if (times.length === 1) return times[0]
  scope.checker.report(node, {
    code: 'no-time-axis',
    message:
      times.length === 0
        ? '`over` looks back from the period of a group, and this group has none'
        : `\`over\` looks back from the period of a group, and this group has ${times.length}`,
    hint: 'Group by one period, as in `group by day(at): n = count_distinct(user over 30 days)`.',
  })
  return undefined
}

const hours: Partial<Record<Grain, number>> = { day: 24, week: 168 }

/** The same stretch in hours where rows are hours or minutes: a day of instants has 24 of them. */
const toHours = (over: Duration, grain: Grain): Duration =>
  isBelowDay(grain)
    ? { count: over.count * (hours[over.unit] ?? 1), unit: hours[over.unit] ? 'hour' : over.unit }
    : over

/** What `over 30 days` means in a group; undefined where it was reported. */
export function bindTrailing(node: Call, over: Duration, scope: Scope): Trailing | undefined {
  const time = findTime(node, scope)
  if (!time) return undefined
  const { grain } = time
  const refuse = (code: 'stretch-too-long' | 'stretch-too-short', message: string, hint: string) => {
    scope.checker.report(node, { code, message, hint })
    return undefined
  }
  if (isBelowDay(grain) && grains.indexOf(over.unit) >= grains.indexOf('month'))
    return refuse(
      'stretch-too-long',
      `periods are one ${grain} long, and ${formatDuration(over)} have no fixed number of them`,
      'Use hours, days or weeks.',
    )
  // What lies within a period is known only while its rows still have their time.
  const isFine = !isBelowDay(over.unit) && !isBelowDay(grain) && time.value.kind === 'bucket'
  if (!isWhole(over.unit, grain) && !isFine)
    return refuse(
      'stretch-too-short',
      `periods are one ${grain} long, and ${formatDuration(over)} is no whole number of them`,
      `Use ${grain}s or a longer unit.`,
    )
  const cut = time.column.bounds?.from
  if (cut !== undefined) {
    const from = toDay(cut, scope.checker.calendar)
    scope.checker.report(node, {
      code: 'window-cut',
      severity: 'warning',
      message: `\`${formatExpression(node)}\` looks back ${formatDuration(over)}, and rows before ${from} are left out above`,
      hint: `The first periods lack what was before. Keep periods behind the group instead, as in \`where ${quoteName(time.column.name)} since ${from}\`.`,
    })
  }
  return { time: time.column.name, grain, ...toHours(over, grain) }
}
