import { type Diagnostic, isError } from '../../base/diagnostic.ts'
import { describeError } from '../../base/failure.ts'
import { planExploration } from '../../dsl/plan/plan-exploration.ts'
import { migrateText } from '../../dsl/tree/migrate-tree.ts'
import { type ExplorationPlace, listExplorations, replaceExploration } from '../../store/explorations.ts'
import type { EngineContext } from '../context.ts'
import { type QueryContext, runExploration } from './run-exploration.ts'

/** An exploration as it is kept somewhere. */
export interface KeptExploration {
  /** As it is told: `signups.hunch`, `gold.md: How many accounts do we have?`, `finding 3f9a…`. */
  readonly name: string
  readonly text: string
  /** The day on which it is asked, where its place says one. */
  readonly asOf?: string | undefined
}

/** What became of one: `changed` holds only what gives the same rows. */
export type Migrated =
  | { readonly kind: 'same'; readonly name: string }
  | { readonly kind: 'changed'; readonly name: string; readonly text: string; readonly proof: 'plan' | 'rows' }
  | {
      readonly kind: 'refused'
      readonly name: string
      readonly reason: string
      readonly diagnostics: readonly Diagnostic[]
    }

const rowsMax = 10_000

/** Whether both are computed in the same way, whatever their steps are called. */
function hasSamePlan(before: string, after: string, context: QueryContext, asOf: string): boolean {
  const { catalog, calendar } = context
  const plans = [before, after].map((text) => planExploration(text, { catalog, calendar, asOf }))
  const [one, other] = plans.map((outcome) =>
    outcome.ok ? JSON.stringify({ ...outcome.value.plan, steps: [] }) : undefined,
  )
  return one !== undefined && one === other
}

/**
 * An exploration of version `from` in the spelling of today. It is changed only where that is proven to give the same rows: by the same
 * plan, or else by running both in the warehouse. Whatever cannot be proven stays as it is, and is told.
 */
export async function migrateExploration(
  { name, text, asOf }: KeptExploration,
  from: number,
  context: QueryContext,
  today: string,
): Promise<Migrated> {
  const migrated = migrateText(text, from, name)
  if (!migrated.ok) return { kind: 'refused', name, reason: 'it cannot be read', diagnostics: migrated.diagnostics }
  const after = migrated.value
  if (after.trim() === text.trim()) return { kind: 'same', name }
  const day = asOf ?? today
  if (hasSamePlan(text, after, context, day)) return { kind: 'changed', name, text: after, proof: 'plan' }
  try {
    const [one, other] = [
      await runExploration(context, text, { asOf: day, limits: { rowsMax } }),
      await runExploration(context, after, { asOf: day, limits: { rowsMax } }),
    ]
    const isSame = JSON.stringify([one.columns, one.rows]) === JSON.stringify([other.columns, other.rows])
    if (isSame) return { kind: 'changed', name, text: after, proof: 'rows' }
    return { kind: 'refused', name, reason: `it would give other rows as\n${after}`, diagnostics: [] }
  } catch (error) {
    const diagnostics = error instanceof Error && 'diagnostics' in error ? (error.diagnostics as Diagnostic[]) : []
    return { kind: 'refused', name, reason: describeError(error), diagnostics: diagnostics.filter(isError) }
  }
}

function describePlace(place: ExplorationPlace): string {
  if (place.table === 'watches') return `watch ${place.id}`
  if (place.table === 'suggestions') return `suggestion ${place.key} of ${place.suggestedOn}`
  return place.table === 'findings'
    ? `finding ${place.key} of cycle ${place.cycleId}`
    : `${place.member} of question ${place.id}`
}

/** The explorations of the store that people may run again: those of findings, of watches, of suggestions, of answers, and what questions follow up. */
export async function migrateStored(
  context: QueryContext & Pick<EngineContext, 'database' | 'workspace'>,
  from: number,
  today: string,
  isDry: boolean,
): Promise<readonly Migrated[]> {
  const { database, workspace } = context
  const results: Migrated[] = []
  for (const { place, text } of await listExplorations(database, workspace)) {
    const result = await migrateExploration({ name: describePlace(place), text }, from, context, today)
    if (result.kind === 'changed' && !isDry) await replaceExploration(database, workspace, { place, text: result.text })
    results.push(result)
  }
  return results
}
