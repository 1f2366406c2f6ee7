import type { Spending } from '../findings/errors/find-level.ts'
import type { ReplicateCounts } from '../findings/errors/tighten-detectors.ts'
import type { Cycle } from './cycles.ts'
import { type Database, toJson } from './database.ts'

/** What one cycle spent of the promised rate and found for it, and what its null replicate measured. */
export interface LedgerEntry extends Spending {
  readonly cycleId: string
  readonly workspace: string
  readonly replicates: ReplicateCounts
}

/** Makes others who want the workspace's ledger wait until the transaction ends. */
export async function lockLedger(transaction: Database, workspace: string): Promise<void> {
  await transaction.raw("select pg_advisory_xact_lock(hashtextextended('ledger ' || ?, 0))", [workspace])
}

/** Writes a cycle's entry in place of the one that is there. */
export async function saveLedgerEntry(database: Database, entry: LedgerEntry): Promise<void> {
  await database('ledger')
    .insert({ ...entry, replicates: toJson(entry.replicates) })
    .onConflict('cycleId')
    .merge()
}

/** Another cycle's entry. */
export interface OtherEntry extends LedgerEntry {
  /** Its cycle is done and was asked for before: its findings are what was told last. */
  readonly isTold: boolean
}

/** Entries of all other cycles up to the day, newest first: by the day judged, then by when their cycles began. */
export async function listLedger(
  database: Database,
  { workspace, asOf, id, createdAt }: Pick<Cycle, 'workspace' | 'asOf' | 'id' | 'createdAt'>,
): Promise<readonly OtherEntry[]> {
  const { rows } = await database.raw(
    `select ledger.cycle_id, ledger.workspace, ledger.as_of, level, discoveries, discoveries_max, replicates,
       cycles.state = 'done' and (cycles.as_of, cycles.created_at) < (?::date, ?::timestamptz) as is_told
     from ledger join cycles on cycles.id = ledger.cycle_id
     where ledger.workspace = ? and ledger.as_of <= ?::date and ledger.cycle_id <> ?
     order by ledger.as_of desc, cycles.created_at desc`,
    [asOf, createdAt, workspace, asOf, id],
  )
  return rows
}

/** Keys of the hypotheses that a cycle tested with exactly the numbers that the earlier one gave: nothing in their data has changed. */
export async function listRepeated(
  database: Database,
  cycleId: string,
  earlierCycleId: string,
): Promise<readonly string[]> {
  const { rows } = await database.raw(
    `select distinct verdicts.hypothesis_key as key
     from verdicts join verdicts as earlier using (hypothesis_key)
     where verdicts.cycle_id = ? and earlier.cycle_id = ?
       and verdicts.p_value = earlier.p_value and verdicts.body -> 'numbers' = earlier.body -> 'numbers'
       and not verdicts.body \\? 'isReplicate' and not earlier.body \\? 'isReplicate'`,
    [cycleId, earlierCycleId],
  )
  return rows.map(({ key }: { readonly key: string }) => key)
}
