export type ReadReply =
  | { readonly kind: 'exploration'; readonly text: string }
  | { readonly kind: 'cannot_answer'; readonly reason: string }

const reasonLengthMax = 500

/**
 * What a model's reply says: an exploration, out of its code fence if it stands in one and without prose before its first `from` or
 * header line; or `cannot_answer: reason`, which is as good an answer.
 */
export function readReply(reply: string): ReadReply {
  const withoutThoughts = reply.replace(/<think>[\s\S]*?<\/think>/g, '')
  const fenced = /```[\w-]*[ \t]*\n([\s\S]*?)(?:```|$)/.exec(withoutThoughts)?.[1]
  const text = (fenced ?? withoutThoughts).trim()
  const refusal = /^\s*cannot_answer\b[:\s]*(.*)$/im.exec(text)
  if (refusal)
    return {
      kind: 'cannot_answer',
      reason: (refusal[1]?.trim() || 'the model gave no reason').slice(0, reasonLengthMax),
    }
  if (text === '') return { kind: 'cannot_answer', reason: 'the model answered nothing' }
  const lines = text.split('\n')
  const start = lines.findIndex((line) => /^\s*(from|title|as of|timezone|param|block)\b/i.test(line))
  return { kind: 'exploration', text: (start > 0 ? lines.slice(start).join('\n') : text).trim() }
}
