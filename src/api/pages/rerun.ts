import { rerunFinding } from '../../engine/evidence/rerun-finding.ts'
import { addresses } from '../../reports/addresses.ts'
import { findFinding } from '../../store/findings.ts'
import { notFound } from '../http-error.ts'
import { definePage } from './page.ts'

export const rerunForm = definePage({
  method: 'POST',
  path: '/findings/:key/rerun',
  scope: 'read',
  async handle(context, { params }) {
    const key = params.key ?? ''
    if (!(await findFinding(context.database, context.workspace, key))) throw notFound('finding', key)
    await rerunFinding(context, key)
    return { redirect: `${addresses.finding(key)}#reruns` }
  },
})
