import type { Cycle } from '../store/cycles.ts'
import { listCycles } from '../store/cycles.ts'
import type { CycleLine } from '../web/components/cycle-line.ts'
import type { ApiContext } from './api-context.ts'

/** How many of the cycles are looked through for a finished one. */
const cyclesMax = 20

export function viewCycleLine(context: Pick<ApiContext, 'engine'>, cycle: Cycle): CycleLine {
  const { summary, dataUntil, withheld } = cycle
  return { summary, dataUntil, withheld, shown: Math.min(summary.heldUp, context.engine.shown) }
}

/** The newest finished cycle. */
export async function findLastCycleLine(context: ApiContext): Promise<CycleLine | undefined> {
  const cycles = await listCycles(context.database, context.workspace, cyclesMax)
  const last = cycles.find(({ state }) => state === 'done')
  return last && viewCycleLine(context, last)
}
