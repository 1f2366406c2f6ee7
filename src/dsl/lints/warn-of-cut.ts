import { addPeriods, type Calendar, moveInstant } from '../../base/periods.ts'
import type { TimeAxis } from '../bind/bind-series.ts'
import type { Scope } from '../check/checker.ts'
import { toDay, toInstant } from '../check/resolve-range.ts'
import { formatDuration, formatExpression } from '../text/format-expression.ts'
import type { Call, Duration } from '../tree/ast.ts'

const moveOn = (moment: string, { count, unit }: Duration, calendar: Calendar) =>
  moment.length === 10 && unit !== 'hour' && unit !== 'minute'
    ? addPeriods(moment, count, unit)
    : moveInstant(toInstant(moment, calendar), count, unit, calendar)

/**
 * Says that a condition keeps too little for what looks back: more than half of the rows that are kept have nothing behind them. That the
 * first of 24 months has no month before it is what everybody expects.
 */
export function warnOfCut(node: Call, { bounds }: TimeAxis, back: Duration, { checker }: Scope): void {
  const { asOf, calendar } = checker
  if (bounds?.from === undefined || back.count < 1) return
  const { from, to = asOf } = bounds
  const twice = { ...back, count: 2 * back.count }
  if (toInstant(moveOn(from, twice, calendar), calendar) <= toInstant(to, calendar)) return
  checker.report(node, {
    code: 'previous-cut',
    severity: 'warning',
    message: `\`${formatExpression(node)}\` looks back ${formatDuration(back)}, and rows before ${toDay(from, calendar)} are left out above`,
    hint: 'Most rows have nothing to look back to. Keep a longer range, and keep the periods to show by a `where` behind it.',
  })
}
