import { findingStates } from '../../findings/finding.ts'
import { findEvidence } from '../../store/evidence.ts'
import { listFindings } from '../../store/findings.ts'
import { renderInboxPage } from '../../web/pages/inbox.ts'
import { findLastCycleLine } from '../view-cycle.ts'
import { definePage } from './page.ts'

const perPage = 25

export const inboxPage = definePage({
  method: 'GET',
  path: '/',
  scope: 'read',
  async handle(context, { query }) {
    const { database, workspace, catalog } = context
    const state = findingStates.find((name) => name === query.state)
    const metric = query.metric || undefined
    const { findings, cursor } = await listFindings(database, workspace, {
      state,
      metric,
      limit: perPage,
      cursor: query.cursor,
    })
    const items = await Promise.all(
      findings.map(async (finding) => ({
        finding,
        series: (await findEvidence(database, workspace, finding.key, finding.cycleId))?.series,
      })),
    )
    const metrics = Object.values(catalog.models).flatMap((model) =>
      Object.values(model.metrics).map(({ name, label }) => ({ name, label })),
    )
    const cycle = await findLastCycleLine(context)
    return {
      html: renderInboxPage({ workspace, items, filter: { state, metric }, metrics, cycle, nextCursor: cursor }),
    }
  },
})
