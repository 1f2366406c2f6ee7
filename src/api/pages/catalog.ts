import { renderCatalogPage } from '../../web/pages/catalog.ts'
import { definePage } from './page.ts'

export const catalogPage = definePage({
  method: 'GET',
  path: '/catalog',
  scope: 'read',
  handle: async ({ workspace, catalog: { models, events } }) => ({
    html: renderCatalogPage({ workspace, models, events }),
  }),
})
