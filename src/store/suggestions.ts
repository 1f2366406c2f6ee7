import type { Day } from '../base/periods.ts'
import { type Database, inTransaction, toJson } from './database.ts'

/** What came of asking a language model for hypotheses, once for a day that is judged. */
export interface SuggestionRound {
  /** The model, as configured. */
  readonly model: string
  /** Explorations in its reply. */
  readonly suggested: number
  /** Why each of those was refused that are no hypothesis. */
  readonly refused: readonly string[]
  /** How many were left out because they are asked already, and how many beyond those that a cycle takes. */
  readonly known: number
  readonly surplus: number
  readonly promptTokens: number
  readonly completionTokens: number
  readonly ms: number
}

/** A hypothesis that a model suggested. */
export interface Suggestion {
  readonly key: string
  /** The day that was judged when it was suggested. */
  readonly suggestedOn: Day
  readonly exploration: string
  /** Days whose cycles asked it since it was suggested, or since the last one that told it. */
  readonly cycles: number
  readonly toldOn?: Day
}

export async function findSuggestionRound(
  database: Database,
  workspace: string,
  asOf: Day,
): Promise<SuggestionRound | undefined> {
  const row = await database('suggestionRounds')
    .where({ workspace, asOf })
    .first<{ readonly body: SuggestionRound } | undefined>('body')
  return row?.body
}

/** Keeps a round with what was accepted, best first. Where there is one of the day already, that one stays. */
export function saveSuggestionRound(
  database: Database,
  { workspace, asOf }: { readonly workspace: string; readonly asOf: Day },
  round: SuggestionRound,
  accepted: readonly Pick<Suggestion, 'key' | 'exploration'>[],
): Promise<void> {
  return inTransaction(database, async (transaction) => {
    const inserted = await transaction('suggestionRounds')
      .insert({ workspace, asOf, body: toJson(round) })
      .onConflict(['workspace', 'asOf'])
      .ignore()
      .returning('asOf')
    if (inserted.length === 0 || accepted.length === 0) return
    await transaction('suggestions').insert(
      accepted.map(({ key, exploration }, position) => ({ workspace, suggestedOn: asOf, key, position, exploration })),
    )
  })
}

/** As findings of a suggestion name what is measured: by the key alone, so that they are found again. */
export const nameSuggestion = (key: string): string => `suggested-${key}`

/**
 * What was suggested or told in cycles from `since` on, as a cycle that judges `asOf` knows it: of that day and before. Newest first, each key
 * once. A cycle counts for its day, whatever the number of cycles of it.
 */
export async function listSuggestions(
  database: Database,
  workspace: string,
  { asOf, since }: { readonly asOf: Day; readonly since: Day },
): Promise<readonly Suggestion[]> {
  const { rows } = await database.raw(
    `with latest as (
       select distinct on (key) key, suggested_on, position, exploration from suggestions
       where workspace = :workspace and suggested_on <= cast(:asOf as date)
       order by key, suggested_on desc
     ), told as (
       select metric, max(as_of) as told_on from findings
       where workspace = :workspace and metric in (select :prefix || key from latest)
         and as_of < cast(:asOf as date) and state <> 'recovered'
       group by metric
     )
     select key, suggested_on as "suggestedOn", exploration, told_on as "toldOn",
       (select count(distinct as_of) from cycles
        where workspace = :workspace and state = 'done' and as_of < cast(:asOf as date)
          and as_of >= greatest(suggested_on, told_on)) as cycles
     from latest left join told on told.metric = :prefix || latest.key
     where greatest(suggested_on, told_on) >= cast(:since as date)
     order by suggested_on desc, position, key`,
    { workspace, asOf, since, prefix: nameSuggestion('') },
  )
  return rows
}
