import type { Evidence, Rerun } from '../findings/evidence.ts'
import { type Database, toJson } from './database.ts'

/** Keeps the evidence of a finding in one cycle; the last one saved counts. */
export async function saveEvidence(database: Database, evidence: Evidence): Promise<void> {
  await database.raw(
    `insert into evidence (cycle_id, finding_key, workspace, gathered_at, body)
     select id, ?, workspace, ?, ?::jsonb from cycles where id = ?
     on conflict (cycle_id, finding_key) do update set gathered_at = excluded.gathered_at, body = excluded.body`,
    [evidence.findingKey, evidence.gatheredAt, toJson(evidence), evidence.cycleId],
  )
}

/** The evidence of one cycle, or the newest. */
export async function findEvidence(
  database: Database,
  workspace: string,
  findingKey: string,
  cycleId?: string,
): Promise<Evidence | undefined> {
  const query = database('evidence').where({ workspace, findingKey }).orderBy('gatheredAt', 'desc')
  if (cycleId !== undefined) query.where({ cycleId })
  const row = await query.first<{ body: Evidence } | undefined>('body')
  return row?.body
}

export async function saveRerun(
  database: Database,
  workspace: string,
  findingKey: string,
  rerun: Rerun,
): Promise<void> {
  await database('reruns').insert({ workspace, findingKey, ranAt: rerun.ranAt, body: toJson(rerun) })
}

/** Newest first. */
export async function listReruns(database: Database, workspace: string, findingKey: string): Promise<readonly Rerun[]> {
  const rows = database('reruns').where({ workspace, findingKey }).orderBy('ranAt', 'desc')
  // Not `pluck`: what it gives is taken for rows, and a body's nulls are values.
  return (await rows.select<readonly { readonly body: Rerun }[]>('body')).map(({ body }) => body)
}
