import type { Day } from '../base/periods.ts'
import type { CycleSummary } from '../findings/finding.ts'
import { type Database, toJson } from './database.ts'

export type CycleState = 'planned' | 'scanning' | 'judging' | 'done' | 'failed'

/** One scheduled pass over a workspace's hypotheses. */
export interface Cycle {
  readonly id: string
  readonly workspace: string
  /** Last full day that is judged. */
  readonly asOf: Day
  readonly state: CycleState
  /** Who asked for it: `cli`, `api`, or a schedule. */
  readonly trigger: string
  readonly seed: number
  readonly summary: CycleSummary
  /** Last day with rows of each model. */
  readonly dataUntil: Readonly<Record<string, Day>>
  /** What was not judged, and why, in words. */
  readonly withheld: readonly { readonly what: string; readonly why: string; readonly isUsual?: true }[]
  /** Why it failed. */
  readonly error?: string
  /** ISO instants. */
  readonly createdAt: string
  readonly finishedAt?: string
}

export type NewCycle = Pick<Cycle, 'id' | 'workspace' | 'asOf' | 'trigger' | 'seed' | 'summary'> &
  Partial<Pick<Cycle, 'state' | 'dataUntil' | 'withheld'>>

export type CyclePatch = Partial<Pick<Cycle, 'state' | 'summary' | 'dataUntil' | 'withheld' | 'error'>>

/** False when a cycle of this id is there already; it stays as it is. */
export async function insertCycle(database: Database, cycle: NewCycle): Promise<boolean> {
  const inserted = await database('cycles')
    .insert({
      id: cycle.id,
      workspace: cycle.workspace,
      asOf: cycle.asOf,
      state: cycle.state ?? 'planned',
      trigger: cycle.trigger,
      seed: cycle.seed,
      summary: toJson(cycle.summary),
      dataUntil: toJson(cycle.dataUntil ?? {}),
      withheld: toJson(cycle.withheld ?? []),
    })
    .onConflict('id')
    .ignore()
    .returning('id')
  return inserted.length > 0
}

export function findCycle(database: Database, id: string): Promise<Cycle | undefined> {
  return database('cycles').where({ id }).first<Cycle | undefined>()
}

/** Newest first, by the day judged. */
export async function listCycles(database: Database, workspace: string, limit: number): Promise<readonly Cycle[]> {
  return database('cycles')
    .where({ workspace })
    .orderBy([
      { column: 'asOf', order: 'desc' },
      { column: 'createdAt', order: 'desc' },
    ])
    .limit(limit)
}

/** Changes what `patch` names. A cycle that becomes `done` or `failed` is stamped as finished; a new state takes old stamps and errors off. */
export async function updateCycle(database: Database, id: string, patch: CyclePatch): Promise<void> {
  const { state, error } = patch
  const json = (value: unknown) => (value === undefined ? undefined : toJson(value))
  const stamp = state === 'done' || state === 'failed' ? database.fn.now() : null
  const change = {
    state,
    error: error ?? (state === undefined ? undefined : null),
    summary: json(patch.summary),
    dataUntil: json(patch.dataUntil),
    withheld: json(patch.withheld),
    finishedAt: state === undefined ? undefined : stamp,
  }
  if (Object.values(change).every((value) => value === undefined)) return
  await database('cycles').where({ id }).update(change)
}

/** Oldest first. */
export async function listUnfinishedCycles(database: Database, workspace: string): Promise<readonly Cycle[]> {
  return database('cycles').where({ workspace }).whereNotIn('state', ['done', 'failed']).orderBy('createdAt')
}

/** The newest finished cycle that judged an earlier day than `asOf`. */
export function findPreviousCycle(database: Database, workspace: string, asOf: Day): Promise<Cycle | undefined> {
  return database('cycles')
    .where({ workspace, state: 'done' })
    .where('asOf', '<', asOf)
    .orderBy([
      { column: 'asOf', order: 'desc' },
      { column: 'createdAt', order: 'desc' },
    ])
    .first<Cycle | undefined>()
}
