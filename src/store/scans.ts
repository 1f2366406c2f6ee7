import type { Day } from '../base/periods.ts'
import type { StoredVerdict } from '../findings/finding.ts'
import type { SharedScan } from '../hypotheses/hypothesis.ts'
import { type Database, inTransaction, toJson } from './database.ts'
import { replaceVerdicts } from './verdicts.ts'

export type ScanState = 'open' | 'done' | 'failed'

/** A planned scan, and how far it has come. Its counts are 0 until it is done. */
export interface StoredScan extends SharedScan {
  readonly cycleId: string
  readonly state: ScanState
  /** Why it failed. */
  readonly reason?: string
  readonly queries: number
  readonly series: number
  /** Hypotheses that were not asked: their slices have too few rows, or are their parent under another name. */
  readonly leftOut: number
  readonly warehouseMs: number
  readonly detectMs: number
}

/** What a finished scan gave, and what it cost. */
export interface ScanResult {
  readonly verdicts: readonly StoredVerdict[]
  readonly queries: number
  readonly series: number
  readonly leftOut?: number
  readonly warehouseMs: number
  readonly detectMs: number
}

type ScanRow = Omit<StoredScan, keyof SharedScan> & { readonly body: SharedScan }

const columns = [
  'cycleId',
  'state',
  'reason',
  'queries',
  'series',
  'leftOut',
  'warehouseMs',
  'detectMs',
  'body',
] as const

const readScan = ({ body, ...row }: ScanRow): StoredScan => ({ ...body, ...row })

/** Writes the plan of a cycle. Scans that are there already stay as they are, so planning again loses nothing. */
export async function insertScans(database: Database, cycleId: string, scans: readonly SharedScan[]): Promise<void> {
  await database.raw(
    `insert into scans (cycle_id, id, workspace, position, state, body)
     select cycles.id, scan.value ->> 'id', cycles.workspace, scan.position, 'open', scan.value
     from cycles, jsonb_array_elements(?::jsonb) with ordinality as scan (value, position)
     where cycles.id = ?
     on conflict (cycle_id, id) do nothing`,
    [toJson(scans), cycleId],
  )
}

export async function findScan(database: Database, cycleId: string, scanId: string): Promise<StoredScan | undefined> {
  const row = await database('scans')
    .where({ cycleId, id: scanId })
    .first<ScanRow | undefined>(...columns)
  return row && readScan(row)
}

/** All scans of a cycle, as planned: best first. */
export async function listScans(database: Database, cycleId: string): Promise<readonly StoredScan[]> {
  const rows: ScanRow[] = await database('scans').where({ cycleId }).orderBy('position').select(columns)
  return rows.map(readScan)
}

/** How many scans a cycle has, and how many of them are done or failed. */
export async function countScans(
  database: Database,
  cycleId: string,
): Promise<{ readonly total: number; readonly ended: number }> {
  const [counts] = await database('scans')
    .where({ cycleId })
    .select(database.raw("count(*)::int as total, count(*) filter (where state <> 'open')::int as ended"))
  return counts as { readonly total: number; readonly ended: number }
}

/** Periods in which a cycle found no rows of a model by one of its times, although there should be. */
export async function findMissing(
  database: Database,
  cycleId: string,
  model: string,
  time: string,
): Promise<readonly Day[]> {
  const row = await database('scans')
    .where({ cycleId })
    .whereRaw("body ->> 'model' = ? and body ->> 'time' = ?", [model, time])
    .orderBy('position')
    .first<{ readonly missing: readonly Day[] } | undefined>(database.raw("body -> 'missing' as missing"))
  return row?.missing ?? []
}

/** Scans that are neither done nor failed, as planned: best first. */
export async function listOpenScans(database: Database, cycleId: string): Promise<readonly StoredScan[]> {
  const rows: ScanRow[] = await database('scans').where({ cycleId, state: 'open' }).orderBy('position').select(columns)
  return rows.map(readScan)
}

/**
 * Stores what a scan gave, as one transaction; done twice it is stored once. Returns how many scans of the cycle are still open:
 * of scans that finish at the same moment exactly one caller is told 0, because they wait for each other on the cycle's row.
 */
export function finishScan(
  database: Database,
  cycleId: string,
  scanId: string,
  { verdicts, ...costs }: ScanResult,
): Promise<number> {
  return inTransaction(database, async (transaction) => {
    await replaceVerdicts(transaction, cycleId, scanId, verdicts)
    return closeScan(transaction, cycleId, scanId, { state: 'done', reason: null, ...costs })
  })
}

/** Gives a scan up. It counts as done, and the cycle says what was withheld. Returns how many scans are still open. */
export function failScan(database: Database, cycleId: string, scanId: string, reason: string): Promise<number> {
  return inTransaction(database, (transaction) => closeScan(transaction, cycleId, scanId, { state: 'failed', reason }))
}

/** Milliseconds that the warehouse took for what is done of a cycle. */
export async function sumWarehouseMs(database: Database, cycleId: string): Promise<number> {
  const [sum] = await database('scans').where({ cycleId, state: 'done' }).sum({ spent: 'warehouseMs' })
  return Number(sum?.spent ?? 0)
}

/** Opens the scans that failed once more, for a cycle that is run again. */
export async function reopenFailedScans(database: Database, cycleId: string): Promise<void> {
  await database('scans').where({ cycleId, state: 'failed' }).update({ state: 'open', reason: null, finishedAt: null })
}

async function closeScan(transaction: Database, cycleId: string, scanId: string, change: object): Promise<number> {
  await transaction('cycles').where({ id: cycleId }).forUpdate().select('id')
  await transaction('scans')
    .where({ cycleId, id: scanId })
    .update({ ...change, finishedAt: transaction.fn.now() })
  const [open] = await transaction('scans').where({ cycleId, state: 'open' }).count({ scans: '*' })
  return Number(open?.scans ?? 0)
}
