import { addPeriods } from '../../base/periods.ts'
import type { Evidence } from '../../findings/evidence.ts'
import type { TestedNumbers } from '../../findings/finding.ts'
import { countWeeksAgo, type DatedValue, readDatedValues } from '../../hypotheses/distributions/build-samples.ts'
import { quantileOfSorted } from '../../stats/quantile.ts'
import { judgeDrift } from '../judge/judge-drift.ts'
import type { Replayed, ReplayInput } from './replay-test.ts'

/** The values of a field, judged again: one row each; the column of its account after `by` where there is one. */
export function replayDrift({ context, test, rows, columns, today }: ReplayInput): Replayed {
  const [account] = test.by
  const { events } = context.catalog
  const values = readDatedValues({ columns, rows, day: test.time, value: test.measure, account, events })
  const judged = judgeDrift({ values, today, options: test.options })
  if (judged.status === 'untestable') return { ...judged, series: [] }
  return { ...judged, series: drawWeeks(values, judged.numbers, today) }
}

/** The median of each week, with the range that is told of around it. */
function drawWeeks(values: readonly DatedValue[], { details }: TestedNumbers, today: string): Evidence['series'] {
  const share = details.range === 'the middle half' ? 0.25 : 0.1
  const byWeek = Map.groupBy(values, ({ day }) => countWeeksAgo(day, today))
  return [...byWeek]
    .sort(([a], [b]) => b - a)
    .map(([week, own]) => {
      const sorted = Float64Array.from(own, ({ value }) => value).sort()
      return {
        at: addPeriods(today, -7 * (week + 1), 'day'),
        value: quantileOfSorted(sorted, 0.5),
        expected: Number(details.median_before),
        low: quantileOfSorted(sorted, share),
        high: quantileOfSorted(sorted, 1 - share),
      }
    })
}
