import { chooseCards } from '../reports/digest.ts'
import type { Cycle } from '../store/cycles.ts'
import { listCycles } from '../store/cycles.ts'
import { listCycleFindings } from '../store/findings.ts'
import type { CycleLine } from '../web/components/cycle-line.ts'
import type { ApiContext } from './api-context.ts'

/** How many of the cycles are looked through for a finished one. */
const cyclesMax = 20

export async function viewCycleLine(
  { engine, database }: Pick<ApiContext, 'engine' | 'database'>,
  cycle: Cycle,
): Promise<CycleLine> {
  const { summary, dataUntil, withheld } = cycle
  const cards = chooseCards(await listCycleFindings(database, cycle.id), engine.shown)
  return { summary, dataUntil, withheld, shown: cards.length }
}

/** The newest finished cycle. */
export async function findLastCycleLine(context: ApiContext): Promise<CycleLine | undefined> {
  const cycles = await listCycles(context.database, context.workspace, cyclesMax)
  const last = cycles.find(({ state }) => state === 'done')
  return last && viewCycleLine(context, last)
}
