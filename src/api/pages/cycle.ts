import { findCycle } from '../../store/cycles.ts'
import { listCycleFindings } from '../../store/findings.ts'
import { listUntestable } from '../../store/verdicts.ts'
import { renderCyclePage } from '../../web/pages/cycle.ts'
import { notFound } from '../http-error.ts'
import { viewCycleLine } from '../view-cycle.ts'
import { definePage } from './page.ts'

export const cyclePage = definePage({
  method: 'GET',
  path: '/cycles/:id',
  scope: 'read',
  async handle(context, { params }) {
    const { database, workspace } = context
    const cycle = await findCycle(database, params.id ?? '')
    if (cycle?.workspace !== workspace) throw notFound('cycle', params.id ?? '')
    const [findings, untestable] = await Promise.all([
      listCycleFindings(database, cycle.id),
      listUntestable(database, cycle.id),
    ])
    const view = { ...cycle, ...(await viewCycleLine(context, cycle)) }
    return { html: renderCyclePage({ workspace, cycle: view, findings, untestable }) }
  },
})
