import type { Day } from '../base/periods.ts'
import { type Database, toJson } from './database.ts'

/**
 * Somebody, or a schedule, asked for a cycle and for digests of it. Written before anything is queued, so that a queue that lost
 * its jobs can be filled again. `waiting` for a plan, `planned` until the digests are composed, then `done`.
 */
export interface CycleRequest {
  readonly id: string
  readonly workspace: string
  readonly trigger: string
  /** Last full day to judge; absent: the last full day when it is planned. */
  readonly asOf?: Day
  readonly seed?: number
  /** Teams that get a digest of the cycle. */
  readonly teams: readonly string[]
  readonly state: 'waiting' | 'planned' | 'done' | 'failed'
  readonly cycleId?: string
  readonly error?: string
  /** ISO instants. */
  readonly createdAt: string
  readonly finishedAt?: string
}

export type NewCycleRequest = Pick<CycleRequest, 'id' | 'workspace' | 'trigger' | 'asOf' | 'seed' | 'teams'>

/** False when a request of this id is there already; one that failed starts anew. */
export async function insertCycleRequest(database: Database, request: NewCycleRequest): Promise<boolean> {
  const inserted = await database('cycleRequests')
    .insert({ ...request, teams: toJson(request.teams), state: 'waiting' })
    .onConflict('id')
    .merge({ state: 'waiting', cycleId: null, error: null, finishedAt: null })
    .where({ 'cycleRequests.state': 'failed' })
    .returning('id')
  return inserted.length > 0
}

export function findCycleRequest(database: Database, id: string): Promise<CycleRequest | undefined> {
  return database('cycleRequests').where({ id }).first<CycleRequest | undefined>()
}

/** The request, held until the end of the transaction: who else wants to answer it waits. */
export function lockCycleRequest(transaction: Database, id: string): Promise<CycleRequest | undefined> {
  return transaction('cycleRequests').where({ id }).forUpdate().first<CycleRequest | undefined>()
}

/** Those that are neither done nor failed, oldest first. */
export async function listOpenCycleRequests(database: Database, workspace: string): Promise<readonly CycleRequest[]> {
  return database('cycleRequests').where({ workspace }).whereIn('state', ['waiting', 'planned']).orderBy('createdAt')
}

export async function updateCycleRequest(
  database: Database,
  id: string,
  { state, cycleId, error }: Pick<CycleRequest, 'state' | 'cycleId' | 'error'>,
): Promise<void> {
  const isOver = state === 'done' || state === 'failed'
  await database('cycleRequests')
    .where({ id })
    .update({ state, cycleId, error, finishedAt: isOver ? database.fn.now() : undefined })
}

/** Nobody waits any longer for a cycle that failed. */
export async function failCycleRequests(database: Database, cycleId: string, error: string): Promise<void> {
  await database('cycleRequests')
    .where({ cycleId, state: 'planned' })
    .update({ state: 'failed', error, finishedAt: database.fn.now() })
}

/** The requests that wait for the digests of a cycle. */
export async function listRequestsOfCycle(database: Database, cycleId: string): Promise<readonly CycleRequest[]> {
  return database('cycleRequests').where({ cycleId, state: 'planned' }).orderBy('createdAt')
}
