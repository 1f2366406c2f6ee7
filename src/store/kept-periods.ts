import type { Day } from '../base/periods.ts'
import { type Database, toJson } from './database.ts'

/** What one period of a scan came to, and the fingerprint of the rows that it came from. */
export interface KeptPeriod {
  readonly period: Day
  readonly fingerprint: string
  readonly body: Buffer
}

/** Rows go over in statements of so many, for the limit of bound values. */
const batchRows = 1_000

/** The kept periods of a scan whose fingerprints are these, by period. */
export async function listKeptPeriods(
  database: Database,
  workspace: string,
  scan: string,
  fingerprints: Readonly<Record<Day, string>>,
): Promise<readonly KeptPeriod[]> {
  const { rows } = await database.raw(
    `select kept.period, kept.fingerprint, kept.body
     from kept_periods as kept
     join jsonb_each_text(?::jsonb) as wanted (period, fingerprint)
       on wanted.period::date = kept.period and wanted.fingerprint = kept.fingerprint
     where kept.workspace = ? and kept.scan = ?
     order by kept.period`,
    [toJson(fingerprints), workspace, scan],
  )
  return rows
}

/** Keeps periods of a scan, in place of what was kept of them, and lets go of those before `from`. */
export async function keepPeriods(
  database: Database,
  workspace: string,
  scan: string,
  from: Day,
  periods: readonly KeptPeriod[],
): Promise<void> {
  for (let at = 0; at < periods.length; at += batchRows)
    await database('keptPeriods')
      .insert(periods.slice(at, at + batchRows).map((one) => ({ workspace, scan, ...one })))
      .onConflict(['workspace', 'scan', 'period'])
      .merge()
  await database('keptPeriods').where({ workspace, scan }).where('period', '<', from).delete()
}

/** Lets go of all scans of a workspace but these: what is asked now is another question. */
export async function forgetOtherScans(database: Database, workspace: string, scans: readonly string[]): Promise<void> {
  await database('keptPeriods').where({ workspace }).whereNotIn('scan', scans).delete()
}
