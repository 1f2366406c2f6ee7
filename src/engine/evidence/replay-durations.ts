import { Failure } from '../../base/failure.ts'
import { addPeriods, type Day } from '../../base/periods.ts'
import type { Evidence } from '../../findings/evidence.ts'
import type { TestedNumbers } from '../../findings/finding.ts'
import { readWaits, type Waiting } from '../../hypotheses/durations/build-durations.ts'
import { estimateSurvival, survivalQuantile } from '../../stats/kaplan-meier.ts'
import { judgeDurations } from '../judge/judge-durations.ts'
import type { Replayed, ReplayInput } from './replay-test.ts'

/** Members who wait, judged again: one row a member; the column that says whether it is over, and that of its account, after `by`. */
export function replayDurations({ test, rows, columns, today }: ReplayInput): Replayed {
  const [happened, account] = test.by
  if (happened === undefined)
    throw new Failure(
      `\`${test.detector}\` needs a column that says for whom it has happened, and the test names none`,
      {
        code: 'test-does-not-fit',
        hint: 'Name one of 1 and 0 after `by`, and the account’s behind it where there is one: `test duration_shift waited over began by happened, account`.',
      },
    )
  const members = readWaits({ columns, rows, began: test.time, waited: test.measure, happened, account })
  const judged = judgeDurations({ members, today, options: test.options })
  return { ...judged, series: judged.status === 'tested' ? drawWeeks(members, judged.numbers, today) : [] }
}

/** The time within which half of those are through who began in a week, where half are; weeks are counted back from the day judged. */
function drawWeeks(
  members: readonly Waiting[],
  { from, expected, low, high, details }: TestedNumbers,
  today: Day,
): Evidence['series'] {
  // where not half are through there is a mean up to a time that the last weeks have not lived through
  if (details.measure !== 'median') return []
  const [first] = members
  const points: Evidence['series'][number][] = []
  for (let end = today; first && end > first.began; end = addPeriods(end, -7, 'day')) {
    const start = addPeriods(end, -7, 'day')
    const own = members.filter(({ began }) => began >= start && began < end)
    const curve = estimateSurvival({
      time: Float64Array.from(own, ({ waited }) => waited),
      happened: Uint8Array.from(own, (one) => Number(one.happened)),
    })
    const median = own.length === 0 ? Number.NaN : survivalQuantile(curve).value
    const isJudged = from !== null && start >= from
    points.push({
      at: start,
      value: Number.isFinite(median) ? median : null,
      expected: isJudged ? expected : null,
      low: isJudged ? low : null,
      high: isJudged ? high : null,
    })
  }
  return points.reverse()
}
