import { Failure } from '../base/failure.ts'
import type { SharedScan } from '../hypotheses/hypothesis.ts'
import { readScanTable, type ScanTable } from '../hypotheses/scan-table.ts'
import { type QueryContext, runExploration } from './run-exploration.ts'

/** Most rows of one scan. A scan of 400 days by 400 combinations has 160,000. */
const scanRowsMax = 500_000
const scanTimeoutMs = 120_000

export interface LoadedScan {
  readonly table: ScanTable
  readonly warehouseMs: number
}

/** Runs a scan's exploration and sorts its rows into slices. */
export async function loadScan(context: QueryContext, scan: SharedScan, signal?: AbortSignal): Promise<LoadedScan> {
  const limits = { rowsMax: scanRowsMax, timeoutMs: scanTimeoutMs }
  const result = await runExploration(context, scan.text, { limits, ...(signal && { signal }) })
  if (result.truncated)
    throw new Failure(`\`${scan.id}\` has more than ${scanRowsMax} rows`, {
      code: 'scan-too-large',
      hint: 'Slice the metrics of this model by fields with fewer values.',
    })
  return { table: readScanTable(scan, result, context.calendar), warehouseMs: result.ms }
}

/** Tables of scans that were read already, by scan: spares the judge a second reading where one process runs the whole cycle. */
export type ScanMemory = Map<string, ScanTable>
