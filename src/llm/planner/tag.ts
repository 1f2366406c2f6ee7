import { type Grain, grains } from '../../base/periods.ts'
import { type CueMeaning, cueMeanings, cueWordsMax, grammarWords } from './cues.ts'
import { findMeanings, findMisspelt, type Lexicon, type Meaning } from './lexicon.ts'
import { readCount, readTime, type TimePiece } from './read-time.ts'
import type { Word } from './words.ts'

/** A run of words with what it stands for. */
export type Piece =
  | TimePiece
  | Exclude<CueMeaning, { kind: 'compare' }>
  /** `more than 100`: the sign and what stands behind it, when it is a number. */
  | (Extract<CueMeaning, { kind: 'compare' }> & { readonly number: number | undefined })
  | {
      readonly kind: 'mention'
      readonly meanings: readonly Meaning[]
      readonly text: string
      readonly misspelt: boolean
    }
  | { readonly kind: 'unit'; readonly grain: Grain }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'unknown'; readonly text: string }

export type Mention = Extract<Piece, { kind: 'mention' }>

interface Tagged {
  readonly length: number
  readonly piece: Piece
}

function readCue(words: readonly Word[], at: number): Tagged | undefined {
  for (let length = Math.min(cueWordsMax, words.length - at); length >= 1; length--) {
    const span = words.slice(at, at + length)
    if (span.some(({ kind }) => kind === 'text' || kind === 'date')) continue
    const stems = span.map(({ stem }) => stem).join(' ')
    const typed = span.map(({ text }) => text.toLowerCase()).join(' ')
    const meaning = cueMeanings.get(typed) ?? cueMeanings.get(stems)
    if (!meaning) continue
    if (meaning.kind !== 'compare') return { length, piece: meaning }
    const number = words[at + length]?.number ?? readCount(words[at + length])
    return { length: length + (number === undefined ? 0 : 1), piece: { ...meaning, number } }
  }
  return undefined
}

function readMention(lexicon: Lexicon, words: readonly Word[], at: number): Tagged | undefined {
  const found = findMeanings(lexicon, words, at)
  if (!found || (found.length === 1 && grammarWords.has(words[at]?.stem ?? ''))) return undefined
  const text = words
    .slice(at, at + found.length)
    .map((word) => word.text)
    .join(' ')
  return { length: found.length, piece: { kind: 'mention', meanings: found.meanings, text, misspelt: false } }
}

function readOther(lexicon: Lexicon, word: Word): Piece {
  if (word.kind === 'text') return { kind: 'text', text: word.text }
  const number = readCount(word) ?? word.number
  if (number !== undefined) return { kind: 'number', number }
  const grain = grains.find((name) => name === word.stem)
  if (grain) return { kind: 'unit', grain }
  const meanings = word.kind === 'word' ? findMisspelt(lexicon, word.stem) : undefined
  return meanings
    ? { kind: 'mention', meanings, text: word.text, misspelt: true }
    : { kind: 'unknown', text: word.text }
}

/** `monthly` is a bucket, unless it narrows what stands behind it: `monthly subscriptions`, where billing may be monthly. */
function isBucket(lexicon: Lexicon, words: readonly Word[], at: number, mention: Piece): boolean {
  if (mention.kind !== 'mention') return false
  const behind = findMeanings(lexicon, words, at + 1)?.meanings ?? []
  return !mention.meanings.some(
    (one) => one.kind !== 'value' || behind.some((other) => other.kind === 'model' && other.model === one.model),
  )
}

/**
 * The question as pieces, left to right, longest reading first; at the same length a name of the catalog wins over time, and time over
 * grammar. Fillers are dropped; what nothing explains stays as `unknown`.
 */
export function tagWords(words: readonly Word[], lexicon: Lexicon): readonly Piece[] {
  const pieces: Piece[] = []
  for (let at = 0; at < words.length; ) {
    const time = readTime(words, at)
    const mention = readMention(lexicon, words, at)
    const isTime = time && mention && time.length === mention.length && isBucket(lexicon, words, at, mention.piece)
    const readings: readonly (Tagged | undefined)[] = [
      isTime ? undefined : mention,
      time && { length: time.length, piece: time.value },
      readCue(words, at),
    ]
    const best = readings.reduce((a, b) => ((b?.length ?? 0) > (a?.length ?? 0) ? b : a), undefined)
    const word = words[at]
    if (!word) break
    const piece = best?.piece ?? readOther(lexicon, word)
    if (piece.kind !== 'cue' || piece.cue !== 'filler') pieces.push(piece)
    at += best?.length ?? 1
  }
  return pieces
}
