import { addPeriods } from '../../base/periods.ts'
import type { StoredVerdict } from '../../findings/finding.ts'
import { isMet } from '../../findings/tell/mute-condition.ts'
import type { Cycle } from '../../store/cycles.ts'
import { endFeedback, listFeedback } from '../../store/feedback.ts'
import type { EngineContext } from '../context.ts'

/**
 * Ends the mutes whose condition a cycle saw: their last day is then the one before it, so that a day that is judged again hears the same. Ended is
 * ended, also where the number goes back.
 */
export async function endMutes(
  { database, workspace }: Pick<EngineContext, 'database' | 'workspace'>,
  { asOf }: Pick<Cycle, 'asOf'>,
  verdicts: readonly StoredVerdict[],
): Promise<void> {
  for (const { id, about, condition, until } of await listFeedback(database, workspace)) {
    if (!about || !condition || condition.since >= asOf || (until && until < asOf)) continue
    if (isMet(condition, about, verdicts)) await endFeedback(database, workspace, id, addPeriods(asOf, -1, 'day'))
  }
}
