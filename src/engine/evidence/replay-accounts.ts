import { Failure } from '../../base/failure.ts'
import { addPeriods, listPeriods } from '../../base/periods.ts'
import type { AccountCounts } from '../../detectors/shapes.ts'
import type { Evidence } from '../../findings/evidence.ts'
import type { TestedNumbers } from '../../findings/finding.ts'
import { buildAccounts } from '../../hypotheses/accounts/build-accounts.ts'
import { judgeAccounts } from '../judge/judge-accounts.ts'
import type { Replayed, ReplayInput } from './replay-test.ts'

/** Accounts beside each other, judged again: one row a period and account, by the columns after `by`, the second of which is the name. */
export function replayAccounts({ context, finding, test, rows, columns }: ReplayInput): Replayed {
  const { grain } = finding
  const [key] = test.by
  if (key === undefined)
    throw new Failure(`\`${test.detector}\` compares accounts, and the test names no column for them`, {
      code: 'test-does-not-fit',
      hint: 'Name the column of the account after `by`, and that of its name behind it where there is one.',
    })
  const time = columns.findIndex(({ name }) => name === test.time)
  const days = rows.map((row) => String(row[time]).slice(0, 10)).sort()
  const [first, last] = [days[0] ?? '1970-01-01', days.at(-1) ?? '1970-01-01']
  const periods = listPeriods(first, addPeriods(last, 1, grain), grain, context.calendar)
  const of = { columns, rows, period: test.time, keys: test.by, measure: test.measure }
  const accounts = buildAccounts(of, periods, grain)
  const judged = judgeAccounts(accounts)
  return { ...judged, series: judged.status === 'tested' ? drawFarthest(accounts, judged.numbers) : [] }
}

/** The farthest account by period, and what was expected of it, with its range in the periods that are judged. */
function drawFarthest({ labels, counts, at, recent }: AccountCounts, numbers: TestedNumbers): Evidence['series'] {
  const own = counts[labels.indexOf(numbers.named?.[0]?.label ?? '')]
  const start = at.length - recent
  return at.map((period, place) => {
    const value = own?.[place] ?? Number.NaN
    const isJudged = place >= start
    return {
      at: period,
      value: Number.isFinite(value) ? value : null,
      expected: isJudged ? numbers.expected : null,
      low: isJudged ? numbers.low : null,
      high: isJudged ? numbers.high : null,
    }
  })
}
