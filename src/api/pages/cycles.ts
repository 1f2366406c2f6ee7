import { listCycles } from '../../store/cycles.ts'
import { renderCyclesPage } from '../../web/pages/cycles.ts'
import { definePage } from './page.ts'

const cyclesMax = 100

export const cyclesPage = definePage({
  method: 'GET',
  path: '/cycles',
  scope: 'read',
  async handle({ database, workspace }) {
    const cycles = await listCycles(database, workspace, cyclesMax)
    return { html: renderCyclesPage({ workspace, cycles }) }
  },
})
