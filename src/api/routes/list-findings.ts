import { z } from 'zod'
import { findingStates } from '../../findings/finding.ts'
import { isFindingCursor, listFindings as list } from '../../store/findings.ts'
import { defineRoute } from '../route.ts'
import { findingSchema } from '../schemas.ts'
import { viewFinding } from '../view-finding.ts'

export const listFindings = defineRoute({
  method: 'GET',
  path: '/v1/findings',
  scope: 'read',
  tag: 'findings',
  summary: 'The inbox: the latest state of each finding, newest cycle first, then by rank.',
  query: z.object({
    state: z.enum(findingStates).optional(),
    metric: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z
      .string()
      .max(1_000)
      .refine(isFindingCursor, 'is no `nextCursor` of a page')
      .optional()
      .describe('`nextCursor` of the page before.'),
  }),
  responses: {
    200: {
      description: 'A page of findings',
      schema: z.object({ findings: z.array(findingSchema), nextCursor: z.string().nullable() }),
    },
  },
  async handle({ database, workspace, webUrl }, { query }) {
    const { findings, cursor } = await list(database, workspace, query)
    return {
      body: { findings: findings.map((finding) => viewFinding(finding, webUrl)), nextCursor: cursor ?? null },
    }
  },
})
