import { isError, type Outcome } from '../base/diagnostic.ts'
import { Failure } from '../base/failure.ts'
import { isForModel, listClosedNames, namesClosed } from './hide-names.ts'
import type { LanguageModel, ModelReply } from './language-model.ts'
import { readSuggestions } from './read-suggestions.ts'
import {
  type RefusedText,
  type SuggestPromptInput,
  writeSuggestPrompt,
  writeSuggestRepair,
} from './write-suggest-prompt.ts'
import { type ModelUsage, sumUsage } from './write-with-model.ts'

export interface Suggested<T> {
  /** Explorations in the reply. */
  readonly count: number
  readonly accepted: readonly T[]
  /** Why each of the others was refused, in words. */
  readonly refused: readonly string[]
  readonly usage: ModelUsage
}

interface Read<T> {
  readonly accepted: readonly T[]
  readonly refused: readonly RefusedText[]
  /** Refused for good: they name what the model was not told. */
  readonly closed: number
}

/** Nothing to suggest is as good an answer. */
const isNone = (reply: string): boolean => /^\W*(none|cannot_answer\b.*)\W*$/i.test(reply)

const whyClosed = 'it names what is hidden or personal'

/**
 * Asks a model for hypotheses: each exploration of its reply goes through `check`; those that are refused are shown to it once, with what is
 * wrong. What is refused after that is counted, with why. Throws the `Failure` of the first call; a second one that fails mends nothing.
 */
export async function suggestWithModel<T>(
  model: LanguageModel,
  input: SuggestPromptInput,
  check: (text: string) => Outcome<T>,
): Promise<Suggested<T>> {
  const closedNames = listClosedNames(input.catalog)
  const messages = writeSuggestPrompt(input)
  const reply = await model.complete('suggest', messages)
  const replies: ModelReply[] = [reply]
  const texts = readSuggestions(reply.text)
  const first = readTexts(texts)
  const empty = texts.length === 0 && !isNone(reply.text) ? ['its reply holds no exploration'] : []
  const mendable = first.refused.filter(({ diagnostics }) => diagnostics.filter(isError).every(isForModel))
  const second = mendable.length > 0 ? await repair() : undefined
  const last = second ? [...second.refused, ...first.refused.filter((one) => !mendable.includes(one))] : first.refused
  const closed = first.closed + (second?.closed ?? 0)
  return {
    count: texts.length,
    accepted: [...first.accepted, ...(second?.accepted ?? [])],
    refused: [...empty, ...last.map(describeRefusal), ...Array.from({ length: closed }, () => whyClosed)],
    usage: sumUsage(replies),
  }

  function readTexts(all: readonly string[]): Read<T> {
    const open = all.filter((text) => !namesClosed(text, closedNames))
    const read = open.map((text) => ({ text, outcome: check(text) }))
    return {
      accepted: read.flatMap(({ outcome }) => (outcome.ok ? [outcome.value] : [])),
      refused: read.flatMap(({ text, outcome: { ok, diagnostics } }) => (ok ? [] : [{ text, diagnostics }])),
      closed: all.length - open.length,
    }
  }

  /** One round; what the reply leaves out stays refused for its first mistake. */
  async function repair(): Promise<Read<T> | undefined> {
    try {
      const mended = await model.complete('suggest', writeSuggestRepair(messages, mendable, input.catalog))
      replies.push(mended)
      const again = readSuggestions(mended.text).slice(0, mendable.length)
      const read = readTexts(again)
      return { ...read, refused: [...read.refused, ...mendable.slice(again.length)] }
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      return undefined
    }
  }
}

const describeRefusal = ({ diagnostics }: RefusedText): string =>
  (diagnostics.find(isError)?.message ?? 'it is no hypothesis').slice(0, 200)
