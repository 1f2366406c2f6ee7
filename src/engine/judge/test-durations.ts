import { Failure } from '../../base/failure.ts'
import { formatNumber } from '../../base/format.ts'
import { addPeriods } from '../../base/periods.ts'
import { quoteName } from '../../dsl/text/quote.ts'
import { readWait } from '../../hypotheses/durations/read-wait.ts'
import type { SharedScan } from '../../hypotheses/hypothesis.ts'
import { runExploration } from '../ask/run-exploration.ts'
import type { EngineContext } from '../context.ts'
import { readOwnRows } from '../scan/read-own-rows.ts'
import { testMembersInThread } from './test-in-thread.ts'

/** Days after the last row began from which on an end lies ahead, and the share of ends that may. */
const aheadDays = 7
const aheadMost = 0.01

/**
 * A date that is planned (of an arrival, of the end of a contract) is known when the row begins: nobody waits for it, and those that lie ahead are not still
 * waiting.
 */
async function refusePlanned(context: EngineContext, { model, metrics }: SharedScan): Promise<void> {
  const metric = context.catalog.models[model]?.metrics[metrics[0] ?? '']
  const wait = metric && readWait(context.catalog, metric)
  if (!wait) return
  const [began, ended] = [quoteName(wait.began), quoteName(wait.ended)]
  const from = `from ${quoteName(model)}`
  const known = await runExploration(
    context,
    `${from}\ngroup all: last = max(${began}), ends = count(where ${ended} is not empty)`,
  )
  const [last, ends] = known.rows[0] ?? []
  if (typeof last !== 'string' || !ends) return
  const day = addPeriods(last.slice(0, 10), aheadDays, 'day')
  const ahead = await runExploration(context, `${from}\nwhere ${ended} > ${day}\ngroup all: ends = count()`)
  const share = Number(ahead.rows[0]?.[0] ?? 0) / Number(ends)
  if (share > aheadMost)
    throw new Failure(
      `\`${wait.ended}\` lies ahead in ${formatNumber(share, { format: 'percent' })} of the rows that have it: a date that is planned is no end of a wait`,
      { code: 'wait-is-planned', hint: 'Whatever else is asked of the metric is asked.' },
    )
}

/** Asks of a metric about waiting times, as a whole and in each value of its fields, whether it takes as long as before: one query for all of them. */
export async function testDurations(context: EngineContext, scan: SharedScan, seed: number, signal?: AbortSignal) {
  const { catalog, calendar } = context
  await refusePlanned(context, scan)
  const hint = 'Describe a metric of fewer rows, as by a model with a condition.'
  const { columns, rows, ms } = await readOwnRows(context, scan, hint, signal)
  const tested = await testMembersInThread({ catalog, calendar, scan, result: { columns, rows }, seed }, signal)
  return { ...tested, warehouseMs: ms }
}
