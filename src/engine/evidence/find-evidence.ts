import type { Evidence } from '../../findings/evidence.ts'
import type { Finding } from '../../findings/finding.ts'
import { findEvidence, saveEvidence } from '../../store/evidence.ts'
import type { EngineContext } from '../context.ts'
import { gatherEvidence } from './gather-evidence.ts'

/** The stored evidence of a finding; findings that were not shown in a digest have none until somebody looks, and it is gathered then. */
export async function findOrGatherEvidence(context: EngineContext, finding: Finding): Promise<Evidence> {
  const { database, workspace } = context
  const stored = await findEvidence(database, workspace, finding.key, finding.cycleId)
  if (stored) return stored
  const evidence = await gatherEvidence(context, finding)
  await saveEvidence(database, evidence)
  return evidence
}
