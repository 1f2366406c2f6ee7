import { z } from 'zod'
import { describeError } from '../../base/failure.ts'
import { pingStore } from '../../store/ping.ts'
import { defineRoute } from '../route.ts'

const timeoutMs = 3_000
const part = z.enum(['ok', 'failed'])

/** Ready means that a question could be answered: store and warehouse reply. */
export const readiness = defineRoute({
  method: 'GET',
  path: '/readyz',
  scope: 'none',
  tag: 'operation',
  summary: 'Whether store and warehouse reply.',
  responses: {
    200: { description: 'Both do', schema: z.object({ store: part, warehouse: part }) },
    503: { description: 'One does not', schema: z.object({ store: part, warehouse: part }) },
  },
  async handle({ database, warehouse, log }, _) {
    const state = async (name: string, work: Promise<unknown>) => {
      try {
        await work
        return 'ok'
      } catch (error) {
        log.warn({ part: name, error: describeError(error) }, 'not ready')
        return 'failed'
      }
    }
    const [store, data] = await Promise.all([
      state('store', pingStore(database, timeoutMs)),
      state('warehouse', warehouse.query('select 1 as ok', [], { timeoutMs, rowsMax: 1 })),
    ])
    return { status: store === 'ok' && data === 'ok' ? 200 : 503, body: { store, warehouse: data } }
  },
})
