import OpenAI, { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai'
import { Failure, hideSecrets } from '../base/failure.ts'
import type { LanguageModel, ModelMessage, ModelReply, ModelRole } from './language-model.ts'

/** As in `hunch.yaml`. */
export interface LanguageModelOptions {
  readonly baseURL: string
  readonly apiKey: string | undefined
  readonly model: string
  /** Of one call, both attempts together. */
  readonly timeoutMs: number
  readonly seed: number | undefined
  /** Names of models for single tasks; `model` where absent. */
  readonly roles: { readonly repair?: string | undefined; readonly suggest?: string | undefined }
}

/** Longest completion: an exploration is some twenty lines; of suggestions there are several. */
const tokensMax: Readonly<Record<ModelRole, number>> = { answer: 1_000, repair: 1_000, suggest: 4_000 }

/** Nobody waits for suggestions, and they are longer than an answer. */
const timesMore: Readonly<Record<ModelRole, number>> = { answer: 1, repair: 1, suggest: 10 }

const isTransport = (error: unknown): boolean =>
  (error instanceof APIConnectionError && !(error instanceof APIConnectionTimeoutError)) ||
  (error instanceof APIError && typeof error.status === 'number' && (error.status >= 500 || error.status === 429))

function toFailure(
  error: unknown,
  { baseURL }: LanguageModelOptions,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Failure {
  const address = hideSecrets(baseURL)
  if (signal?.aborted)
    return new Failure('the call of the language model was cancelled', { code: 'model-cancelled', cause: error })
  if (error instanceof APIConnectionTimeoutError || error instanceof APIUserAbortError)
    return new Failure(`the language model at ${address} did not answer within ${timeoutMs} ms`, {
      code: 'model-timeout',
      retry: true,
      hint: 'Raise `llm.timeoutMs` in `hunch.yaml`, or name a faster model.',
      cause: error,
    })
  if (error instanceof APIError && typeof error.status === 'number')
    return new Failure(`the language model at ${address} answered ${error.status}`, {
      code: error.status === 401 || error.status === 403 ? 'model-refused' : 'model-failed',
      retry: isTransport(error),
      hint: 'Check `llm.baseURL`, `llm.apiKey` and `llm.model` in `hunch.yaml`.',
      cause: error,
    })
  return new Failure(`the language model at ${address} cannot be reached`, {
    code: 'model-unreachable',
    retry: true,
    hint: 'Check `llm.baseURL` in `hunch.yaml` and that the endpoint runs.',
    cause: error,
  })
}

/**
 * An OpenAI-compatible endpoint (hosted, vLLM, Ollama, llama.cpp). Temperature 0 and a fixed seed, so that the same question gets the
 * same answer as far as the endpoint allows; one more attempt after a broken connection, 429 or 5xx, within the same time.
 */
export function openLanguageModel(options: LanguageModelOptions): LanguageModel {
  const client = new OpenAI({ baseURL: options.baseURL, apiKey: options.apiKey ?? 'none', maxRetries: 0 })

  async function request(role: ModelRole, messages: readonly ModelMessage[], signal: AbortSignal): Promise<ModelReply> {
    const model = (role === 'answer' ? undefined : options.roles[role]) ?? options.model
    const startedAt = performance.now()
    const completion = await client.chat.completions.create(
      {
        model,
        messages: messages.map(({ role, content }) => ({ role, content })),
        temperature: 0,
        max_tokens: tokensMax[role],
        ...(options.seed === undefined ? {} : { seed: options.seed }),
      },
      { signal },
    )
    return {
      text: completion.choices[0]?.message.content ?? '',
      model: completion.model,
      promptTokens: completion.usage?.prompt_tokens ?? 0,
      completionTokens: completion.usage?.completion_tokens ?? 0,
      ms: performance.now() - startedAt,
    }
  }

  return {
    name: options.model,
    suggester: options.roles.suggest,
    async complete(role, messages, signal) {
      const timeoutMs = options.timeoutMs * timesMore[role]
      const within = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])])
      try {
        return await request(role, messages, within).catch((error: unknown) => {
          if (!isTransport(error) || within.aborted) throw error
          return request(role, messages, within)
        })
      } catch (error) {
        throw toFailure(error, options, timeoutMs, signal)
      }
    },
  }
}
