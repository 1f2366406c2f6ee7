import { z } from 'zod'
import { listDeliveries } from '../../store/deliveries.ts'
import { findDigest } from '../../store/digests.ts'
import { notFound } from '../http-error.ts'
import { defineRoute } from '../route.ts'
import { idParams } from '../schemas.ts'

const digestSchema = z
  .object({
    id: z.string(),
    team: z.string(),
    cycleId: z.string(),
    subject: z.string(),
    text: z.string(),
    html: z.string(),
    findingKeys: z.array(z.string()),
    createdAt: z.string(),
    deliveries: z.array(z.looseObject({ recipient: z.string(), state: z.string() })),
  })
  .meta({ id: 'Digest' })

export const getDigest = defineRoute({
  method: 'GET',
  path: '/v1/digests/:id',
  scope: 'read',
  tag: 'digests',
  summary: 'A digest as it was mailed, and to whom.',
  params: idParams,
  responses: { 200: { description: 'The digest', schema: digestSchema } },
  async handle({ database, workspace }, { params }) {
    const digest = await findDigest(database, params.id)
    if (digest?.workspace !== workspace) throw notFound('digest', params.id)
    const { id, team, cycleId, subject, text, html, findingKeys, createdAt } = digest
    const deliveries = (await listDeliveries(database, id)).map(({ recipient, state, error }) => ({
      recipient,
      state,
      error,
    }))
    return { body: { id, team, cycleId, subject, text, html, findingKeys, createdAt, deliveries } }
  },
})
