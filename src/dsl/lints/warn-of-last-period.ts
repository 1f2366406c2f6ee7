import { formatDay } from '../../base/format.ts'
import { addPeriods, startOfPeriod } from '../../base/periods.ts'
import type { Checker } from '../check/checker.ts'
import type { RelationColumn } from '../check/relation.ts'
import { isBelowDay, toLastDay } from '../check/resolve-range.ts'
import { quoteName } from '../text/quote.ts'

/**
 * Says that the last period of `column` is not over: `measures` would look like a fall. What lasts, as `repeat` makes it, and what is the last
 * of its period are whole at any time, and a range that goes on behind the current period is of what is planned.
 */
export function warnOfLastPeriod(
  step: object,
  column: RelationColumn | undefined,
  measures: readonly (RelationColumn | undefined)[],
  checker: Checker,
): void {
  const grain = column?.bucket
  if (!column || !grain || isBelowDay(grain) || column.bounds?.isLasting) return
  if (measures.length > 0 && measures.every((measure) => measure?.isLatest)) return
  const { asOf, calendar } = checker
  const current = startOfPeriod(asOf, grain, calendar)
  const end = column.bounds?.to
  const last = end === undefined ? undefined : toLastDay(end, calendar)
  if (last !== undefined && (last <= current || last > addPeriods(current, 1, grain))) return
  checker.report(step, {
    code: 'period-incomplete',
    severity: 'warning',
    message: `the last ${grain} is not over on ${formatDay(asOf)}, and would look like a fall`,
    hint: `Keep full ${grain}s, as in \`where ${quoteName(column.name)} in last 12 ${grain}s\`.`,
  })
}
