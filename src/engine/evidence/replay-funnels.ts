import { addPeriods, type Day } from '../../base/periods.ts'
import { funnelShift } from '../../detectors/funnel-shift.ts'
import type { Evidence } from '../../findings/evidence.ts'
import type { TestedNumbers } from '../../findings/finding.ts'
import { type Entrant, readEntrants } from '../../hypotheses/funnels/build-conversions.ts'
import { judgeFunnel } from '../judge/judge-funnels.ts'
import type { Replayed, ReplayInput } from './replay-test.ts'

/** Those who entered, judged again: one row each; the column of its account after `by` where there is one. */
export function replayFunnels({ test, rows, columns, today }: ReplayInput): Replayed {
  const [account] = test.by
  const entrants = readEntrants({ columns, rows, began: test.time, wentOn: test.measure, account })
  const judged = judgeFunnel({ entrants, today, options: test.options })
  if (judged.status === 'untestable') return { ...judged, series: [] }
  const { window } = funnelShift.options.parse(test.options)
  return { ...judged, series: drawWeeks(entrants, judged.numbers, addPeriods(today, -window, 'day')) }
}

/** The share of those who entered in a week that went on; weeks are counted back from the last day whose window is over. */
function drawWeeks(
  entrants: readonly Entrant[],
  { from, expected, low, high }: TestedNumbers,
  last: Day,
): Evidence['series'] {
  const [first] = entrants
  const points: Evidence['series'][number][] = []
  for (let end = last; first && end > first.began; end = addPeriods(end, -7, 'day')) {
    const start = addPeriods(end, -7, 'day')
    const own = entrants.filter(({ began }) => began >= start && began < end)
    const isJudged = from !== null && start >= from
    points.push({
      at: start,
      value: own.length === 0 ? null : own.filter(({ wentOn }) => wentOn).length / own.length,
      expected: isJudged ? expected : null,
      low: isJudged ? low : null,
      high: isJudged ? high : null,
    })
  }
  return points.reverse()
}
