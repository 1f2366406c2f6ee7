import type { Diagnostic } from '../base/diagnostic.ts'
import { compile } from '../dsl/compile.ts'
import type { CompileContext, Compiled } from '../dsl/exploration.ts'
import type { LanguageModel, ModelReply } from './language-model.ts'
import { readReply } from './read-reply.ts'
import { writePrompt, writeRepairPrompt } from './write-prompt.ts'

/** What the calls of one question used. */
export interface ModelUsage {
  readonly calls: number
  readonly models: readonly string[]
  readonly promptTokens: number
  readonly completionTokens: number
  readonly ms: number
}

export type Written =
  | { readonly kind: 'written'; readonly compiled: Compiled }
  | { readonly kind: 'cannot_answer'; readonly reason: string }
  /** Does not compile, also after repair. */
  | { readonly kind: 'rejected'; readonly text: string; readonly diagnostics: readonly Diagnostic[] }

export interface ModelAttempt {
  readonly written: Written
  /** Rounds in which the model was shown its mistakes. */
  readonly repairs: number
  readonly usage: ModelUsage
}

export interface WriteInput {
  readonly question: string
  readonly context?: string | undefined
  readonly compile: CompileContext
  readonly signal?: AbortSignal | undefined
}

/** At most one round of repair: a second one costs as much time as it gains answers. */
const repairsMax = 1

function readAttempt(reply: ModelReply, context: CompileContext): Written {
  const read = readReply(reply.text)
  if (read.kind === 'cannot_answer') return read
  const outcome = compile(read.text, context)
  return outcome.ok
    ? { kind: 'written', compiled: outcome.value }
    : { kind: 'rejected', text: read.text, diagnostics: outcome.diagnostics }
}

/** What several calls used. */
export const sumUsage = (replies: readonly ModelReply[]): ModelUsage => ({
  calls: replies.length,
  models: [...new Set(replies.map(({ model }) => model))],
  promptTokens: replies.reduce((total, { promptTokens }) => total + promptTokens, 0),
  completionTokens: replies.reduce((total, { completionTokens }) => total + completionTokens, 0),
  ms: Math.round(replies.reduce((total, { ms }) => total + ms, 0)),
})

/**
 * Has a model write the exploration. The compiler mends what has only one mend; for the rest the model is shown its attempt with the
 * diagnostics, once. Throws the model's `Failure`.
 */
export async function writeWithModel(model: LanguageModel, input: WriteInput): Promise<ModelAttempt> {
  const { question, context, signal } = input
  const { catalog, asOf } = input.compile
  const messages = writePrompt({ question, catalog, asOf, context })
  const replies: ModelReply[] = [await model.complete('answer', messages, signal)]
  let written = readAttempt(replies[0] as ModelReply, input.compile)
  while (written.kind === 'rejected' && replies.length <= repairsMax) {
    const repair = writeRepairPrompt(messages, written.text, written.diagnostics, catalog)
    const reply = await model.complete('repair', repair, signal)
    replies.push(reply)
    written = readAttempt(reply, input.compile)
  }
  return { written, repairs: replies.length - 1, usage: sumUsage(replies) }
}
