import type { SharedScan } from '../../hypotheses/hypothesis.ts'
import type { EngineContext } from '../context.ts'
import { readOwnRows } from '../scan/read-own-rows.ts'
import { testMembersInThread } from './test-in-thread.ts'

/** Asks of a metric about waiting times, as a whole and in each value of its fields, whether it takes as long as before: one query for all of them. */
export async function testDurations(context: EngineContext, scan: SharedScan, seed: number, signal?: AbortSignal) {
  const { catalog, calendar } = context
  const hint = 'Describe a metric of fewer rows, as by a model with a condition.'
  const { columns, rows, ms } = await readOwnRows(context, scan, hint, signal)
  const tested = await testMembersInThread({ catalog, calendar, scan, result: { columns, rows }, seed }, signal)
  return { ...tested, warehouseMs: ms }
}
