import { listDigests } from '../../store/digests.ts'
import { renderDigestsPage } from '../../web/pages/digests.ts'
import { definePage } from './page.ts'

const digestsMax = 100

export const digestsPage = definePage({
  method: 'GET',
  path: '/digests',
  scope: 'read',
  async handle({ database, workspace }) {
    const digests = await listDigests(database, workspace, digestsMax)
    return {
      html: renderDigestsPage({
        workspace,
        digests: digests.map(({ id, team, subject, createdAt, findingKeys }) => ({
          id,
          team,
          subject,
          createdAt,
          findings: findingKeys.length,
        })),
      }),
    }
  },
})
