import { Failure } from '../../base/failure.ts'
import type { StoredVerdict } from '../../findings/finding.ts'
import type { SharedScan } from '../../hypotheses/hypothesis.ts'
import { type QueryResult, runExploration } from '../ask/run-exploration.ts'
import type { EngineContext } from '../context.ts'

/** What a scan of other rows than aggregates by period came to. */
export interface OwnRowsTested {
  readonly verdicts: readonly StoredVerdict[]
  readonly series: number
  readonly leftOut: number
  readonly warehouseMs: number
  readonly detectMs: number
}

/** Most rows of a scan that serves single accounts, cohorts or members. */
const rowsMax = 200_000

/** The rows of such a scan, whole: of a part of them nothing could be said. */
export async function readOwnRows(
  context: EngineContext,
  scan: SharedScan,
  hint: string,
  signal?: AbortSignal,
): Promise<QueryResult> {
  const result = await runExploration(context, scan.text, { limits: { rowsMax }, ...(signal && { signal }) })
  if (result.truncated)
    throw new Failure(`\`${scan.id}\` has more than ${rowsMax} rows`, { code: 'scan-too-large', hint })
  return result
}
