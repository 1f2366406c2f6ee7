export interface ModelMessage {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

export interface ModelReply {
  readonly text: string
  readonly model: string
  readonly promptTokens: number
  readonly completionTokens: number
  readonly ms: number
}

export type ModelRole = 'answer' | 'repair' | 'suggest'

/** An OpenAI-compatible endpoint. Throws a `Failure` (`model-timeout`, `model-unreachable`, …). */
export interface LanguageModel {
  /** The model that answers, as configured: for the settings page and the trace. */
  readonly name: string
  /** The model that suggests hypotheses, as configured; absent: none is asked to. */
  readonly suggester?: string | undefined
  complete(role: ModelRole, messages: readonly ModelMessage[], signal?: AbortSignal): Promise<ModelReply>
}
