import type { Finding, FindingState } from '../findings/finding.ts'
import { type Database, inTransaction, toJson } from './database.ts'

export interface FindingFilter {
  readonly state?: FindingState
  readonly metric?: string
  /** Most findings in the page. */
  readonly limit: number
  /** Of the page before: goes on behind it. */
  readonly cursor?: string
}

export interface FindingPage {
  readonly findings: readonly Finding[]
  /** Absent on the last page. */
  readonly cursor: string | undefined
}

interface FindingRow {
  readonly asOf: string
  readonly cycleAt: string
  readonly rank: number
  readonly key: string
  readonly body: Finding
}

/** Writes the findings of a cycle in place of those that are there. */
export async function saveFindings(
  database: Database,
  workspace: string,
  cycleId: string,
  findings: readonly Finding[],
): Promise<void> {
  await inTransaction(database, async (transaction) => {
    await transaction('findings').where({ workspace, cycleId }).delete()
    await transaction.raw(
      `insert into findings (cycle_id, key, workspace, as_of, cycle_at, rank, state, metric, body)
       select cycles.id, finding ->> 'key', cycles.workspace, cycles.as_of, cycles.created_at,
         (finding ->> 'rank')::integer, finding ->> 'state', finding ->> 'metric', finding
       from cycles, jsonb_array_elements(?::jsonb) as finding
       where cycles.id = ? and cycles.workspace = ?`,
      [toJson(findings), cycleId, workspace],
    )
  })
}

/** Best first. */
export async function listCycleFindings(database: Database, cycleId: string): Promise<readonly Finding[]> {
  const rows = database('findings').where({ cycleId }).orderBy(['rank', 'key'])
  // Not `pluck`: what it gives is taken for rows, and a body's nulls are values.
  return (await rows.select<readonly { readonly body: Finding }[]>('body')).map(({ body }) => body)
}

/** The latest row of each key that fits the filter: newest cycle first, then by rank. An unreadable cursor starts again at the first page. */
export async function listFindings(
  database: Database,
  workspace: string,
  { state, metric, limit, cursor }: FindingFilter,
): Promise<FindingPage> {
  const latest = database('findings')
    .where({ workspace })
    .distinctOn('key')
    .orderBy([{ column: 'key' }, { column: 'asOf', order: 'desc' }, { column: 'cycleAt', order: 'desc' }])
    .as('latest')
  const query = database
    .from(latest)
    .orderBy([
      { column: 'asOf', order: 'desc' },
      { column: 'cycleAt', order: 'desc' },
      { column: 'rank' },
      { column: 'key' },
    ])
    .limit(limit + 1)
    .select('asOf', 'cycleAt', 'rank', 'key', 'body')
  if (state !== undefined) query.where({ state })
  if (metric !== undefined) query.where({ metric })
  const after = cursor === undefined ? undefined : readCursor(cursor)
  if (after !== undefined)
    query.whereRaw(
      '((as_of, cycle_at) < (?::date, ?::timestamptz) or ((as_of, cycle_at) = (?::date, ?::timestamptz) and (rank, key) > (?::integer, ?)))',
      [after[0], after[1], after[0], after[1], after[2], after[3]],
    )
  const rows: readonly FindingRow[] = await query
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    findings: page.map(({ body }) => body),
    cursor: rows.length > limit && last !== undefined ? writeCursor(last) : undefined,
  }
}

/** The finding as the newest cycle saw it. */
export async function findFinding(database: Database, workspace: string, key: string): Promise<Finding | undefined> {
  const row = await database('findings')
    .where({ workspace, key })
    .orderBy([
      { column: 'asOf', order: 'desc' },
      { column: 'cycleAt', order: 'desc' },
    ])
    .first<FindingRow | undefined>('body')
  return row?.body
}

type Place = readonly [asOf: string, cycleAt: string, rank: number, key: string]

function writeCursor({ asOf, cycleAt, rank, key }: FindingRow): string {
  const place: Place = [asOf, cycleAt, rank, key]
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

function readCursor(cursor: string): Place | undefined {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return isPlace(place) ? place : undefined
  } catch {
    return undefined
  }
}

/** Greatest integer of Postgres. */
const rankMax = 2 ** 31 - 1

/** A day or instant that is in the calendar, written as the store writes it: `2026-09-30`, `2026-10-01T08:00:00.000Z`. */
function isTime(text: unknown, form: RegExp): boolean {
  if (typeof text !== 'string' || !form.test(text)) return false
  const at = Date.parse(text)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text.slice(0, 19))
}

function isPlace(value: unknown): value is Place {
  if (!Array.isArray(value) || value.length !== 4) return false
  const [asOf, cycleAt, rank, key] = value
  return (
    isTime(asOf, /^\d{4}-\d{2}-\d{2}$/) &&
    isTime(cycleAt, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/) &&
    Number.isSafeInteger(rank) &&
    Math.abs(rank) <= rankMax &&
    typeof key === 'string' &&
    !key.includes('\u0000')
  )
}

/** Whether `listFindings` can go on from it. */
export const isFindingCursor = (cursor: string): boolean => readCursor(cursor) !== undefined
