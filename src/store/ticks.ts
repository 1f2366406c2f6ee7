import type { Database } from './database.ts'

/** True for exactly one of the replicas that see the same tick: that one does the work. */
export async function claimTick(database: Database, workspace: string, schedule: string, at: Date): Promise<boolean> {
  const claimed = await database('ticks').insert({ workspace, schedule, at }).onConflict().ignore().returning('at')
  return claimed.length > 0
}

/** When the schedule was last carried out. */
export async function findLastTick(database: Database, workspace: string, schedule: string): Promise<Date | undefined> {
  const row = await database('ticks').where({ workspace, schedule }).max({ at: 'at' }).first<{ at?: string }>()
  return row?.at === undefined ? undefined : new Date(row.at)
}
