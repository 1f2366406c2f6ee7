import { invariant } from '../../base/invariant.ts'
import type { StoredVerdict } from '../../findings/finding.ts'
import type { SharedScan } from '../../hypotheses/hypothesis.ts'
import { shapeMeasure } from '../../hypotheses/series/measure-shape.ts'
import type { EngineContext } from '../context.ts'
import { replayTest } from '../evidence/replay-test.ts'

/** Asks a question that somebody wrote, by itself, as "run again" will ask it. */
export async function testAuthored(context: EngineContext, scan: SharedScan) {
  const { hypothesis } = scan
  invariant(hypothesis, 'a scan of one hypothesis holds it')
  const began = performance.now()
  const { replayed } = await replayTest(context, { ...hypothesis, exploration: hypothesis.text }, scan.missing)
  const common = { hypothesis, scan: scan.id, kind: shapeMeasure(hypothesis).kind, volume: 0 }
  const verdict: StoredVerdict =
    replayed.status === 'tested'
      ? { ...common, status: 'tested', numbers: replayed.numbers }
      : { ...common, status: 'untestable', reason: replayed.reason }
  return { verdicts: [verdict], series: 1, warehouseMs: performance.now() - began, detectMs: 0 }
}
