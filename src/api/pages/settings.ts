import { renderSettingsPage } from '../../web/pages/settings.ts'
import { definePage } from './page.ts'

export const settingsPage = definePage({
  method: 'GET',
  path: '/settings',
  scope: 'read',
  handle: async ({ workspace, calendar, webUrl, warehouse, mailer, mailFrom, model, engine, teams }) => ({
    html: renderSettingsPage({
      workspace,
      timezone: calendar.timezone,
      webUrl,
      warehouse: warehouse.address,
      mail: { kind: mailer.kind, from: mailFrom },
      model: model?.name,
      suggester: model?.suggester,
      engine,
      teams,
    }),
  }),
})
