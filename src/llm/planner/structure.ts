import type { Grain } from '../../base/periods.ts'
import type { AggregateName, Comparison } from './cues.ts'
import type { TimeRange } from './read-time.ts'
import type { Mention, Piece } from './tag.ts'

/** What is compared with what: `mrr > 1000`, `more than 10 users`, `plan is enterprise`. */
export interface Compared {
  readonly operand: Mention
  /** Values that narrow the operand: `more than 3 open tickets`. */
  readonly values: readonly Mention[]
  readonly comparison: Comparison
  readonly to: number | string | Mention
}

/** Order and cut: `top 5 accounts by revenue`, `the most users`, `newest invoices`. */
export interface Rank {
  readonly descending: boolean
  readonly count: number | undefined
  readonly by: 'measure' | 'time'
  /** What is ranked, where the words say it at once. */
  readonly noun: Mention | undefined
  readonly measure: Mention | undefined
}

/** The roles that the pieces of a question play, before any is looked up in the catalog. */
export interface Structure {
  readonly grain: Grain | undefined
  readonly trend: boolean
  readonly range: TimeRange | undefined
  readonly by: readonly Mention[]
  /** `which month …`: a bucket that is asked for by name. */
  readonly unit: Grain | undefined
  readonly rank: Rank | undefined
  /** Runs of mentions behind `without` (and `with`, for existence): values, then what they belong to. */
  readonly without: readonly (readonly Mention[])[]
  readonly having: readonly (readonly Mention[])[]
  readonly compared: readonly Compared[]
  readonly fn: AggregateName | undefined
  readonly counts: boolean
  readonly distinct: boolean
  readonly amount: boolean
  readonly growth: boolean
  readonly share: boolean
  readonly list: boolean
  readonly which: Mention | undefined
  /** All other mentions, in order. */
  readonly subjects: readonly Mention[]
  /** Words that nothing explains. */
  readonly unknown: readonly string[]
}

type Draft = { -readonly [K in keyof Structure]: Structure[K] extends readonly (infer T)[] ? T[] : Structure[K] }

const isMention = (piece: Piece | undefined): piece is Mention => piece?.kind === 'mention'
const isCue = (piece: Piece | undefined, cue: string): boolean => piece?.kind === 'cue' && piece.cue === cue
const hasMeaning = (mention: Mention, kind: string): boolean =>
  mention.meanings.some((meaning) => meaning.kind === kind)
const isNoun = (mention: Mention): boolean => hasMeaning(mention, 'model') || hasMeaning(mention, 'relation')
const isNumeric = (mention: Mention): boolean =>
  mention.meanings.some((meaning) => meaning.kind === 'field' && meaning.field.type === 'number')

/** Whether one of `value`'s meanings is a value of the field that `field` names: `enterprise` and `plan`. */
export const isValueOf = (value: Mention, field: Mention | undefined): boolean =>
  value.meanings.some(
    (one) =>
      one.kind === 'value' &&
      field?.meanings.some((other) => other.kind === 'field' && other.field.name === one.field.name),
  )

/** A cursor over the pieces; each reader takes what belongs to it. */
interface Cursor {
  readonly pieces: readonly Piece[]
  at: number
}

function takeMentions(cursor: Cursor, until: (mention: Mention) => boolean = () => false): Mention[] {
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

function readRank(cursor: Cursor, draft: Draft, cue: string, before: number | undefined): void {
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

function readBy(cursor: Cursor, draft: Draft): void {
  if (draft.rank?.by === 'measure' && !draft.rank.measure) {
    const measure = takeMeasure(cursor, draft)
    if (measure) draft.rank = { ...draft.rank, measure }
    else draft.unknown.push('by')
    return
  }
  const taken = takeMentions(cursor)
  if (taken.length === 0) draft.unknown.push('by')
  draft.by.push(...taken)
}

function readComparison(cursor: Cursor, draft: Draft, comparison: Comparison, number: number | undefined): void {
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

function readCue(cursor: Cursor, draft: Draft, cue: string): void {
  const next = cursor.pieces[cursor.at]
  switch (cue) {
    case 'top':
    case 'bottom':
    case 'most':
    case 'least':
    case 'newest':
    case 'oldest':
      readRank(cursor, draft, cue, undefined)
      return
    case 'by':
      readBy(cursor, draft)
      return
    case 'without':
      draft.without.push(takeMentions(cursor, isNoun))
      return
    case 'with': {
      if (isMention(next) && !isNumeric(next)) draft.having.push(takeMentions(cursor, isNoun))
      return
    }
    case 'which':
      if (isMention(next) && !draft.which) draft.which = next
      if (next?.kind === 'unit') {
        draft.unit = next.grain
        cursor.at++
      }
      return
    case 'is':
      if (next?.kind === 'text' || (isMention(next) && isValueOf(next, draft.subjects.at(-1))))
        readComparison(cursor, draft, '=', undefined)
      return
    case 'count':
      draft.counts = true
      return
    case 'amount':
    case 'distinct':
    case 'growth':
    case 'share':
    case 'list':
    case 'trend':
      draft[cue] = true
  }
}

function readPiece(cursor: Cursor, draft: Draft): void {
  const piece = cursor.pieces[cursor.at++]
  const next = cursor.pieces[cursor.at]
  switch (piece?.kind) {
    case 'grain':
      if (draft.grain && draft.grain !== piece.grain) draft.unknown.push(piece.grain)
      draft.grain = piece.grain
      // `per month and plan`
      if (isCue(next, 'and') && isMention(cursor.pieces[cursor.at + 1])) {
        cursor.at++
        readBy(cursor, draft)
      }
      return
    case 'range':
      if (draft.range) draft.unknown.push(piece.range.condition)
      draft.range = piece.range
      return
    case 'cue':
      readCue(cursor, draft, piece.cue)
      return
    case 'aggregate':
      if (draft.fn) draft.unknown.push(piece.fn)
      draft.fn = piece.fn
      return
    case 'compare':
      readComparison(cursor, draft, piece.comparison, piece.number)
      return
    case 'mention':
      draft.subjects.push(piece)
      return
    case 'unit':
      if (draft.rank?.by === 'measure' && !draft.unit) draft.unit = piece.grain
      else if (draft.by.length > 0 && !draft.grain) draft.grain = piece.grain
      else draft.unknown.push(piece.grain)
      return
    case 'number':
      if (next?.kind === 'cue' && /^(top|bottom|most|least|newest|oldest)$/.test(next.cue)) {
        cursor.at++
        readRank(cursor, draft, next.cue, piece.number)
        return
      }
      draft.unknown.push(String(piece.number))
      return
    case 'text':
    case 'unknown':
      draft.unknown.push(piece.text)
  }
}

/** Gives each piece its role, left to right. Whatever has no role is `unknown`, and the planner then steps aside. */
export function readStructure(pieces: readonly Piece[]): Structure {
  const draft: Draft = {
    ...{ grain: undefined, range: undefined, unit: undefined, rank: undefined, fn: undefined, which: undefined },
    ...{ trend: false, counts: false, distinct: false, amount: false, growth: false, share: false, list: false },
    ...{ by: [], without: [], having: [], compared: [], subjects: [], unknown: [] },
  }
  const cursor: Cursor = { pieces, at: 0 }
  while (cursor.at < pieces.length) readPiece(cursor, draft)
  return draft
}
