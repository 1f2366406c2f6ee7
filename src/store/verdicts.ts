import type { TestedVerdict } from '../findings/candidate.ts'
import type { StoredVerdict } from '../findings/finding.ts'
import { type Database, toJson } from './database.ts'

/** Rows go over as one JSON text of about this many verdicts: few statements, and no limit of bound values. */
const batchRows = 2_000

/** Writes the verdicts of one scan in place of those that are there. Call it within a transaction. */
export async function replaceVerdicts(
  transaction: Database,
  cycleId: string,
  scanId: string,
  verdicts: readonly StoredVerdict[],
): Promise<void> {
  await transaction('verdicts').where({ cycleId, scanId }).delete()
  for (let from = 0; from < verdicts.length; from += batchRows) {
    await transaction.raw(
      `insert into verdicts (cycle_id, scan_id, position, workspace, hypothesis_key, status, p_value, body)
       select cycles.id, ?, ?::integer + verdict.position, cycles.workspace, verdict.value -> 'hypothesis' ->> 'key',
         verdict.value ->> 'status', (verdict.value -> 'numbers' ->> 'pValue')::double precision, verdict.value
       from cycles, jsonb_array_elements(?::jsonb) with ordinality as verdict (value, position)
       where cycles.id = ?`,
      [scanId, from, toJson(verdicts.slice(from, from + batchRows)), cycleId],
    )
  }
}

/** Every verdict of a cycle, in the order of its plan; read in pages, so that others get their turn on the way. */
export async function listVerdicts(database: Database, cycleId: string): Promise<readonly StoredVerdict[]> {
  const scans = await database('scans').where({ cycleId }).orderBy('position').pluck<string[]>('id')
  const verdicts: StoredVerdict[] = []
  for (const scanId of scans) {
    for (let from = 0, isMore = true; isMore; from += batchRows) {
      const page: StoredVerdict[] = await database('verdicts')
        .where({ cycleId, scanId })
        .whereBetween('position', [from + 1, from + batchRows])
        .orderBy('position')
        .pluck('body')
      verdicts.push(...page)
      isMore = page.length === batchRows
    }
  }
  return verdicts
}

/** Why hypotheses of a cycle could not be tested, most frequent first. */
export async function listUntestable(
  database: Database,
  cycleId: string,
  limit = 50,
): Promise<readonly { readonly reason: string; readonly count: number }[]> {
  const { rows } = await database.raw(
    `select body ->> 'reason' as reason, count(*) as count
     from verdicts where cycle_id = ? and status = 'untestable'
     group by 1 order by 2 desc, 1 limit ?`,
    [cycleId, limit],
  )
  return rows
}

/** What templates asked of each metric as a whole and could test, in the order of the plan. */
export async function listVerdictsOfWholes(database: Database, cycleId: string): Promise<readonly TestedVerdict[]> {
  return database('verdicts')
    .join('scans', { 'scans.cycleId': 'verdicts.cycleId', 'scans.id': 'verdicts.scanId' })
    .where({ 'verdicts.cycleId': cycleId, 'verdicts.status': 'tested' })
    .whereRaw(
      `verdicts.body #>> '{hypothesis,origin}' = 'template' and verdicts.body #> '{hypothesis,slice}' = '[]'
       and not verdicts.body -> 'hypothesis' \\?| array['with', 'by'] and not verdicts.body \\? 'isReplicate'
       and verdicts.body #>> '{hypothesis,detector}' <> 'pace'`,
    )
    .orderBy(['scans.position', 'verdicts.position'])
    .pluck('verdicts.body')
}
