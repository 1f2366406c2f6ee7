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

/** An OpenAI-compatible endpoint. Throws a `Failure` (`model-timeout`, `model-unreachable`, …). */
export interface LanguageModel {
  /** The model that answers, as configured: for the settings page and the trace. */
  readonly name: string
  complete(role: 'answer' | 'repair', messages: readonly ModelMessage[], signal?: AbortSignal): Promise<ModelReply>
}
