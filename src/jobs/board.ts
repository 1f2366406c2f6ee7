import { createBullBoard } from '@bull-board/api'
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import { FastifyAdapter } from '@bull-board/fastify'
import type { FastifyInstance } from 'fastify'
import type { Queues } from './queue.ts'

export interface BoardOptions {
  /** Path of the board, without a slash at the end: `/queues`. */
  readonly path: string
  /** Whether jobs can be retried and removed from it. */
  readonly isReadOnly?: boolean
}

/** Shows the queues on a page. It has no access rule of its own: the caller puts one before `path`. */
export async function registerBoard(
  server: FastifyInstance,
  queues: Queues,
  { path, isReadOnly = false }: BoardOptions,
): Promise<void> {
  const adapter = new FastifyAdapter().setBasePath(path)
  const options = { readOnlyMode: isReadOnly, allowRetries: !isReadOnly }
  createBullBoard({
    queues: queues.list.map((queue) => new BullMQAdapter(queue, options)),
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: 'Hunch queues' } },
  })
  await server.register(adapter.registerPlugin(), { prefix: path })
}
