import type { Day } from '../base/periods.ts'
import type { Database } from './database.ts'

/** Where an exploration is kept that people may run again. Evidence is none: it records what was run. */
export type ExplorationPlace =
  | { readonly table: 'findings'; readonly cycleId: string; readonly key: string }
  | { readonly table: 'watches'; readonly id: string }
  | { readonly table: 'suggestions'; readonly suggestedOn: Day; readonly key: string }
  | { readonly table: 'questions'; readonly id: string; readonly member: 'answer' | 'context' }

export interface StoredExploration {
  readonly place: ExplorationPlace
  readonly text: string
}

/** Every exploration of a workspace, in an order that does not change. */
export async function listExplorations(database: Database, workspace: string): Promise<readonly StoredExploration[]> {
  const findings = await database('findings')
    .where({ workspace })
    .orderBy(['cycleId', 'key'])
    .select<readonly { cycleId: string; key: string; text: string }[]>(
      'cycleId',
      'key',
      database.raw("body ->> 'exploration' as text"),
    )
  const questions = await database('questions')
    .where({ workspace })
    .orderBy('id')
    .select<readonly { id: string; context: string | null; text: string | null }[]>(
      'id',
      'context',
      database.raw("answer ->> 'exploration' as text"),
    )
  const watches = await database('watches')
    .where({ workspace })
    .orderBy('id')
    .select<readonly { id: string; exploration: string }[]>('id', 'exploration')
  const suggestions = await database('suggestions')
    .where({ workspace })
    .orderBy(['suggestedOn', 'key'])
    .select<readonly { suggestedOn: Day; key: string; exploration: string }[]>('suggestedOn', 'key', 'exploration')
  return [
    ...suggestions.map(
      ({ suggestedOn, key, exploration }): StoredExploration => ({
        place: { table: 'suggestions', suggestedOn, key },
        text: exploration,
      }),
    ),
    ...watches.map(
      ({ id, exploration }): StoredExploration => ({ place: { table: 'watches', id }, text: exploration }),
    ),
    ...findings.map(
      ({ cycleId, key, text }): StoredExploration => ({ place: { table: 'findings', cycleId, key }, text }),
    ),
    ...questions.flatMap(({ id, context, text }): StoredExploration[] => [
      ...(text === null ? [] : [{ place: { table: 'questions', id, member: 'answer' } as const, text }]),
      ...(context === null ? [] : [{ place: { table: 'questions', id, member: 'context' } as const, text: context }]),
    ]),
  ]
}

/** Writes an exploration in the place of another. */
export async function replaceExploration(
  database: Database,
  workspace: string,
  { place, text }: StoredExploration,
): Promise<void> {
  if (place.table === 'watches')
    await database('watches').where({ workspace, id: place.id }).update({ exploration: text })
  else if (place.table === 'suggestions') {
    const { suggestedOn, key } = place
    await database('suggestions').where({ workspace, suggestedOn, key }).update({ exploration: text })
  } else if (place.table === 'findings') {
    const { cycleId, key } = place
    await database('findings')
      .where({ workspace, cycleId, key })
      .update({ body: database.raw("jsonb_set(body, '{exploration}', to_jsonb(?::text))", [text]) })
  } else if (place.member === 'context')
    await database('questions').where({ workspace, id: place.id }).update({ context: text })
  else
    await database('questions')
      .where({ workspace, id: place.id })
      .update({ answer: database.raw("jsonb_set(answer, '{exploration}', to_jsonb(?::text))", [text]) })
}
