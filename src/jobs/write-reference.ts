import { z } from 'zod'
import { askPayload } from './ask.ts'

/** `docs/reference/queue.schema.json`: what other services may put into `hunch.questions`. */
export function writeQueueSchema(): string {
  const schema = z.toJSONSchema(askPayload, { target: 'draft-2020-12', io: 'input' })
  return `${JSON.stringify({ $comment: 'Generated; a test checks that it is current.', ...schema }, undefined, 2)}\n`
}
