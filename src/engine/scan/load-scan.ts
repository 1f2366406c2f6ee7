import { Failure } from '../../base/failure.ts'
import { type Day, type Grain, joinPeriods, type Stretch } from '../../base/periods.ts'
import type { SharedScan } from '../../hypotheses/hypothesis.ts'
import { groupRows, makeBlock, type PeriodBlock, packBlock, unpackBlock } from '../../hypotheses/series/period-block.ts'
import { joinSteps, listScanPeriods, type ScanTable } from '../../hypotheses/series/scan-table.ts'
import { writeScan } from '../../hypotheses/write/write-exploration.ts'
import { keepPeriods, listKeptPeriods } from '../../store/kept-periods.ts'
import { runExploration } from '../ask/run-exploration.ts'
import type { EngineContext } from '../context.ts'
import { readSubject } from '../data/fingerprint-scans.ts'
import { mapInTurns, runInTurns } from './run-in-turns.ts'

/** Most rows of one scan. A scan of 400 days by 400 combinations has 160,000. */
const scanRowsMax = 500_000
const scanTimeoutMs = 120_000
/** Stretches of changed periods that are read each by itself; of more, all from the first to the last is. */
const stretchesMax = 12

export interface LoadedScan {
  readonly table: ScanTable
  readonly warehouseMs: number
  readonly queries: number
}

type ScanContext = Pick<EngineContext, 'catalog' | 'calendar' | 'warehouse' | 'now' | 'database' | 'workspace'>

/**
 * The slices of a scan. Periods whose rows are as they were when a cycle before read them come from what was kept of them, and only the others
 * are asked of the warehouse; both together are what the scan's exploration gives.
 */
export async function loadScan(context: ScanContext, scan: SharedScan, signal?: AbortSignal): Promise<LoadedScan> {
  const { calendar, database, workspace } = context
  const periods = listScanPeriods(scan, calendar)
  const join = async (blocks: readonly PeriodBlock[]) =>
    (await runInTurns(joinSteps(scan, blocks, calendar), signal)).result
  const subject = readSubject(context.catalog, scan, periods.length)
  // a catalog that changed since the plan asks something else
  const kept = subject && writeScan(context.catalog, subject) === scan.text ? scan.kept : undefined
  if (!kept || !subject) {
    const { blocks, ms } = await readBlocks(context, scan, scan.text, signal)
    return { table: await join(blocks), warehouseMs: ms, queries: 1 }
  }
  const known = await listKeptPeriods(database, workspace, kept.as, kept.fingerprints)
  const old = await mapInTurns(known, ({ period, body }) => unpackBlock(period, body))
  const changed = listChanged(periods, kept.fingerprints, old)
  if (changed.length === 0) return { table: await join(old), warehouseMs: 0, queries: 0 }
  const only = old.length === 0 ? [] : listStretches(changed, scan.grain)
  const { blocks, ms } = await readBlocks(context, scan, writeScan(context.catalog, { ...subject, only }), signal)
  const fresh = old.length === 0 ? blocks : blocks.filter(({ period }) => changed.includes(period))
  const added = await mapInTurns(fresh, (block) => {
    const fingerprint = kept.fingerprints[block.period]
    return fingerprint === undefined ? [] : [{ period: block.period, fingerprint, body: packBlock(block) }]
  })
  await keepPeriods(database, workspace, kept.as, scan.from, added.flat())
  return { table: await join([...old, ...fresh]), warehouseMs: ms, queries: 1 }
}

/** Periods that have rows of which nothing is kept. */
function listChanged(
  periods: readonly Day[],
  fingerprints: Readonly<Record<Day, string>>,
  old: readonly PeriodBlock[],
): readonly Day[] {
  const known = new Set(old.map(({ period }) => period))
  return periods.filter((period) => fingerprints[period] !== undefined && !known.has(period))
}

/** Stretches of periods to be read, none of them more than once. */
function listStretches(periods: readonly Day[], grain: Grain): readonly Stretch[] {
  const stretches = joinPeriods(periods, grain)
  if (stretches.length <= stretchesMax) return stretches
  return [{ from: stretches[0]!.from, to: stretches.at(-1)!.to }]
}

async function readBlocks(
  context: ScanContext,
  scan: SharedScan,
  text: string,
  signal: AbortSignal | undefined,
): Promise<{ readonly blocks: readonly PeriodBlock[]; readonly ms: number }> {
  const limits = { rowsMax: scanRowsMax, timeoutMs: scanTimeoutMs }
  const result = await runExploration(context, text, { limits, ...(signal && { signal }) })
  if (result.truncated)
    throw new Failure(`\`${scan.id}\` has more than ${scanRowsMax} rows`, {
      code: 'scan-too-large',
      hint: 'Slice the metrics of this model by fields with fewer values.',
    })
  const blocks = await mapInTurns(groupRows(result), ([period, rows]) =>
    makeBlock(period, { columns: result.columns, rows }, scan.dimensions.length),
  )
  return { blocks, ms: result.ms }
}

/** Tables of scans that were read already, by scan: spares the judge a second reading where one process runs the whole cycle. */
export type ScanMemory = Map<string, ScanTable>
