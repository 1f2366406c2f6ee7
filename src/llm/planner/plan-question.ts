import type { Catalog } from '../../catalog/catalog.ts'
import { type Aside, ReadingFailed } from './intent.ts'
import { interpret } from './interpret.ts'
import { createLexicon } from './lexicon.ts'
import { readStructure } from './read-structure.ts'
import { tagWords } from './tag.ts'
import { splitWords } from './words.ts'
import { writeExploration } from './write-exploration.ts'

export interface PlannedQuestion {
  readonly kind: 'planned'
  /** An exploration, not yet checked. */
  readonly text: string
  /** 0..1: below `confidenceMin` somebody else should look. */
  readonly confidence: number
}

/** A longer question than this is no plain one. */
const wordsMax = 60

/** Confidence from which a plan is an answer. */
export const confidenceMin = 0.7

/**
 * A question in plain words as an exploration, without any model: names, labels, synonyms and known values of the catalog, and the
 * words of counting, adding up, ranking, narrowing and time. Every word must have a role; one that has none makes it step aside, so
 * that what it answers is what was asked. English; one measure a question. Milliseconds.
 */
export function planQuestion(question: string, catalog: Catalog): PlannedQuestion | Aside {
  const words = splitWords(question)
  const pieces = words.length <= wordsMax ? tagWords(words, createLexicon(catalog)) : []
  const related = pieces.some(({ kind }) => kind === 'mention')
  const aside = (reason: string, unknown: readonly string[] = []): Aside => ({
    kind: 'aside',
    reason,
    unknown,
    related,
  })
  if (words.length > wordsMax) return aside(`the question has ${words.length} words; ${wordsMax} are read`)
  const foreign = pieces.flatMap((piece) => (piece.kind === 'unknown' ? piece.text : []))
  if (!related) return aside('the question names nothing that the catalog knows', foreign)
  const structure = readStructure(pieces)
  // A `by` is without a role because nobody knows the word behind it: that word is to be named.
  const unknown = structure.unknown.find((word) => foreign.includes(word)) ?? structure.unknown[0]
  if (unknown !== undefined) return aside(`\`${unknown}\` is not understood`, structure.unknown)
  try {
    const intent = interpret(catalog, structure)
    const confidence = Math.max(0, Math.round((0.95 - intent.doubt) * 100) / 100)
    return { kind: 'planned', text: writeExploration(catalog, intent), confidence }
  } catch (error) {
    if (error instanceof ReadingFailed) return aside(error.message)
    throw error
  }
}
