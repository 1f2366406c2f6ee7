import { Rejection } from '../../base/diagnostic.ts'
import { describeError, Failure } from '../../base/failure.ts'
import { findOrGatherEvidence } from '../../engine/evidence/find-evidence.ts'
import { keepOpened } from '../../engine/tell/keep-feedback.ts'
import type { Finding } from '../../findings/finding.ts'
import { feedbackLabels, openedLabel } from '../../findings/tell/hear-feedback.ts'
import { listReruns } from '../../store/evidence.ts'
import { listFeedback } from '../../store/feedback.ts'
import { findFinding } from '../../store/findings.ts'
import { type EvidenceView, renderEvidencePage } from '../../web/pages/evidence.ts'
import type { ApiContext } from '../api-context.ts'
import { notFound } from '../http-error.ts'
import { definePage } from './page.ts'

/**
 * Fields worth breaking down by: the metric's slices that the finding does not fix; of what the catalog does not measure, those of all metrics of its
 * model.
 */
function listBreakdowns({ catalog }: ApiContext, finding: Finding): Pick<EvidenceView, 'breakdowns' | 'isOwnMeasure'> {
  const { metrics = {} } = catalog.models[finding.model] ?? {}
  const metric = metrics[finding.metric]
  const slices = metric?.slices ?? [...new Set(Object.values(metrics).flatMap((one) => one.slices))]
  const fixed = new Set(finding.slice.map(({ field }) => field))
  return {
    isOwnMeasure: metric === undefined,
    breakdowns: slices
      .filter((field) => !fixed.has(field))
      .map((field) => ({ field, label: labelPath(catalog, finding.model, field) })),
  }
}

/** The label of a field or of a to-one path: `account.plan` is `Plan`. */
function labelPath(catalog: ApiContext['catalog'], model: string, path: string): string {
  const parts = path.split('.')
  const last = parts.pop() ?? path
  const owner = parts.reduce((at, relation) => catalog.models[at]?.relations[relation]?.to ?? at, model)
  return catalog.models[owner]?.fields[last]?.label ?? last
}

/** Gathers the evidence of a finding that nobody has looked at yet; where that cannot be done, the page says why. */
async function findEvidence(
  context: ApiContext,
  finding: Finding,
): Promise<Pick<EvidenceView, 'evidence' | 'whyWithout'>> {
  try {
    return { evidence: await findOrGatherEvidence(context, finding) }
  } catch (error) {
    if (!(error instanceof Failure || error instanceof Rejection)) throw error
    const reason = describeError(error)
    context.log.warn({ finding: finding.key, reason }, 'evidence was not gathered')
    return { whyWithout: reason }
  }
}

export const evidencePage = definePage({
  method: 'GET',
  path: '/findings/:key',
  scope: 'read',
  async handle(context, { params, query, caller }) {
    const { database, workspace } = context
    const key = params.key ?? ''
    const finding = await findFinding(database, workspace, key)
    if (!finding) throw notFound('finding', key)
    const [found, reruns, feedback] = await Promise.all([
      findEvidence(context, finding),
      listReruns(database, workspace, key),
      listFeedback(database, workspace),
      keepOpened(context, finding, caller.name),
    ])
    const given = feedback
      .filter(({ findingKey, label }) => findingKey === key && label !== openedLabel)
      .map(({ label, by, createdAt }) => ({ label, by, at: createdAt }))
    return {
      html: renderEvidencePage({
        workspace,
        finding,
        ...found,
        reruns,
        feedback: given,
        proposedFeedback: feedbackLabels.find((label) => label === query.feedback),
        ...listBreakdowns(context, finding),
      }),
    }
  },
})
