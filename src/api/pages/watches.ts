import { watchExploration } from '../../engine/ask/watch-exploration.ts'
import { addresses } from '../../reports/addresses.ts'
import { deleteWatch, listWatches } from '../../store/watches.ts'
import { renderWatchesPage } from '../../web/pages/watches.ts'
import { notFound } from '../http-error.ts'
import { definePage } from './page.ts'

const titleLengthMax = 200

export const watchesPage = definePage({
  method: 'GET',
  path: '/watches',
  scope: 'read',
  handle: async ({ database, workspace }) => ({
    html: renderWatchesPage({ workspace, items: await listWatches(database, workspace) }),
  }),
})

export const watchForm = definePage({
  method: 'POST',
  path: '/watches',
  scope: 'ask',
  async handle(context, { form, caller }) {
    const title = (form.title ?? '').slice(0, titleLengthMax)
    await watchExploration(context, { text: (form.text ?? '').replaceAll('\r\n', '\n'), title, by: caller.name })
    return { redirect: addresses.watches() }
  },
})

export const stopWatchForm = definePage({
  method: 'POST',
  path: '/watches/:id/stop',
  scope: 'ask',
  async handle({ database, workspace }, { params }) {
    if (!(await deleteWatch(database, workspace, params.id ?? ''))) throw notFound('watch', params.id ?? '')
    return { redirect: addresses.watches() }
  },
})
