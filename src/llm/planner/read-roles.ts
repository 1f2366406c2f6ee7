import type { Comparison } from './cues.ts'
import { isValueOf } from './mentions.ts'
import type { Structure } from './structure.ts'
import type { Mention, Piece } from './tag.ts'

/** A structure that is being read. */
export type Draft = { -readonly [K in keyof Structure]: Structure[K] extends readonly (infer T)[] ? T[] : Structure[K] }

export const isMention = (piece: Piece | undefined): piece is Mention => piece?.kind === 'mention'
export const isCue = (piece: Piece | undefined, cue: string): boolean => piece?.kind === 'cue' && piece.cue === cue
const hasMeaning = (mention: Mention, kind: string): boolean =>
  mention.meanings.some((meaning) => meaning.kind === kind)
export const isNoun = (mention: Mention): boolean => hasMeaning(mention, 'model') || hasMeaning(mention, 'relation')
export const isNumeric = (mention: Mention): boolean =>
  mention.meanings.some((meaning) => meaning.kind === 'field' && meaning.field.type === 'number')

/** A cursor over the pieces; each reader takes what belongs to it. */
export interface Cursor {
  readonly pieces: readonly Piece[]
  at: number
}

export function takeMentions(cursor: Cursor, until: (mention: Mention) => boolean = () => false): Mention[] {
  const taken: Mention[] = []
  for (;;) {
    const piece = cursor.pieces[cursor.at]
    const joined = isCue(piece, 'and') && taken.length > 0 && isMention(cursor.pieces[cursor.at + 1])
    if (!joined && !isMention(piece)) return taken
    if (joined) cursor.at++
    const mention = cursor.pieces[cursor.at++] as Mention
    taken.push(mention)
    if (until(mention)) return taken
  }
}

/** Takes `average`, `number of` in front of a measure, and the measure itself. */
function takeMeasure(cursor: Cursor, draft: Draft): Mention | undefined {
  for (let piece = cursor.pieces[cursor.at]; piece; piece = cursor.pieces[cursor.at]) {
    if (piece.kind === 'aggregate') draft.fn = piece.fn
    else if (isCue(piece, 'count')) draft.counts = true
    else if (isCue(piece, 'distinct')) draft.distinct = true
    else break
    cursor.at++
  }
  const piece = cursor.pieces[cursor.at]
  if (!isMention(piece)) return undefined
  cursor.at++
  return piece
}

function takeNumber(cursor: Cursor): number | undefined {
  const piece = cursor.pieces[cursor.at]
  if (piece?.kind !== 'number') return undefined
  cursor.at++
  return piece.number
}

export function readRank(cursor: Cursor, draft: Draft, cue: string, before: number | undefined): void {
  const count = takeNumber(cursor) ?? before
  const descending = cue === 'top' || cue === 'most' || cue === 'newest'
  if (draft.rank) {
    draft.unknown.push(cue)
    return
  }
  if (cue === 'most' || cue === 'least') {
    const first = takeMeasure(cursor, draft)
    const second = cursor.pieces[cursor.at]
    if (first && isNoun(first) && isMention(second) && isNumeric(second) && count === undefined) {
      cursor.at++
      draft.subjects.push(first, second)
      draft.fn ??= descending ? 'max' : 'min'
    } else draft.rank = { descending, count, by: 'measure', noun: undefined, measure: first }
  } else {
    const by = cue === 'newest' || cue === 'oldest' ? 'time' : 'measure'
    const values = takeMentions(cursor, (mention) => !hasMeaning(mention, 'value'))
    const noun = values.pop()
    draft.subjects.push(...values)
    draft.rank = { descending, count, by, noun, measure: undefined }
  }
}

export function readBy(cursor: Cursor, draft: Draft): void {
  if (draft.rank?.by === 'measure' && !draft.rank.measure) {
    const measure = takeMeasure(cursor, draft)
    if (measure) draft.rank = { ...draft.rank, measure }
    else draft.unknown.push('by')
    return
  }
  const taken: Mention[] = []
  while (isMention(cursor.pieces[cursor.at])) {
    taken.push(cursor.pieces[cursor.at++] as Mention)
    if (!isCue(cursor.pieces[cursor.at], 'and') || !isMention(cursor.pieces[cursor.at + 1])) break
    cursor.at++
  }
  if (taken.length === 0) draft.unknown.push('by')
  // `paid by card` narrows, `by method` breaks down.
  const isValue = (mention: Mention) => mention.meanings.every(({ kind }) => kind === 'value')
  draft.by.push(...taken.filter((mention) => !isValue(mention)))
  draft.subjects.push(...taken.filter(isValue))
}

export function readComparison(cursor: Cursor, draft: Draft, comparison: Comparison, number: number | undefined): void {
  const before = draft.subjects.at(-1)
  const next = cursor.pieces[cursor.at]
  if (number === undefined) {
    if (isMention(next) && hasMeaning(next, 'value')) {
      cursor.at++
      const field = isValueOf(next, before) ? draft.subjects.pop() : undefined
      const after = cursor.pieces[cursor.at]
      if (!field && isMention(after) && isValueOf(next, after)) cursor.at++
      draft.compared.push({ operand: field ?? next, values: [], comparison, to: next })
    } else if (next?.kind === 'text' && before) {
      cursor.at++
      draft.subjects.pop()
      draft.compared.push({ operand: before, values: [], comparison, to: next.text })
    } else draft.unknown.push(comparison)
    return
  }
  const run = takeMentions({ ...cursor }, (mention) => isNoun(mention) || isNumeric(mention))
  const operand = run.at(-1)
  if (
    operand &&
    (isNoun(operand) || isNumeric(operand)) &&
    run.slice(0, -1).every((value) => hasMeaning(value, 'value'))
  ) {
    cursor.at += run.length
    draft.compared.push({ operand, values: run.slice(0, -1), comparison, to: number })
  } else if (before && isNumeric(before)) {
    draft.subjects.pop()
    draft.compared.push({ operand: before, values: [], comparison, to: number })
  } else if (before && isNoun(before)) {
    draft.compared.push({ operand: before, values: [], comparison, to: number })
  } else draft.unknown.push(String(number))
}
