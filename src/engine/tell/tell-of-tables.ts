import type { Story } from '../../findings/candidate.ts'
import type { Controlled } from '../../findings/errors/control-errors.ts'
import { compareRows } from '../../findings/explain/compare-rows.ts'
import { placeMovements } from '../../findings/explain/place-movements.ts'
import { type StandingStory, tellStanding } from '../../findings/explain/standing.ts'
import type { EngineContext } from '../context.ts'
import { openRows } from '../evidence/open-rows.ts'
import type { SpaceCosts } from '../plan/open-space.ts'

export interface TableStories {
  /** Movements that no value of a table explains. */
  readonly movements: readonly Story[]
  readonly standing: readonly StandingStory[]
}

/** What stands in the tables that are looked at as a whole, and the movements whose place it tells. */
export async function tellOfTables(
  context: EngineContext,
  movements: readonly Story[],
  standing: readonly Controlled[],
  costs: SpaceCosts,
): Promise<TableStories> {
  if (standing.length === 0) return { movements, standing: [] }
  const models = new Set(standing.map(({ verdict }) => verdict.hypothesis.model))
  const moved = movements.map(({ lead }) => lead).filter(({ verdict }) => models.has(verdict.hypothesis.model))
  const rowsOf = await openRows(
    context,
    [...standing, ...moved].map(({ verdict }) => verdict),
    costs,
  )
  return placeMovements(movements, tellStanding(standing, rowsOf), compareRows(rowsOf))
}
