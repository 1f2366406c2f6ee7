import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A chat completion request, as far as the protocol is used. */
export interface RecordedRequest {
  readonly model: string
  readonly messages: readonly { readonly role: string; readonly content: string }[]
  readonly temperature: number
  readonly seed?: number
  readonly authorization: string | undefined
}

/** What the server does with a request: replies with a text, fails with a status, breaks the connection, or never answers. */
export type RecordedReply = string | { readonly status: number } | 'break' | 'hang'

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

const isBehaviour = (reply: RecordedReply, name: 'break' | 'hang'): boolean => reply === name

/** A real HTTP server on loopback that speaks the OpenAI chat protocol from a recording: the n-th request gets the n-th reply. */
export async function startModelServer(replies: readonly RecordedReply[]) {
  const requests: RecordedRequest[] = []
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await readBody(request)) as RecordedRequest
    requests.push({ ...body, authorization: request.headers.authorization })
    const reply = replies[requests.length - 1] ?? { status: 500 }
    if (isBehaviour(reply, 'hang')) return
    if (isBehaviour(reply, 'break')) return request.socket.destroy()
    response.setHeader('content-type', 'application/json')
    if (typeof reply === 'object') {
      response.statusCode = reply.status
      return response.end(JSON.stringify({ error: { message: 'recorded failure', type: 'server_error' } }))
    }
    const usage = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 }
    const choices = [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: reply } }]
    return response.end(
      JSON.stringify({ id: 'c1', object: 'chat.completion', created: 0, model: body.model, choices, usage }),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    baseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests: requests as readonly RecordedRequest[],
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
