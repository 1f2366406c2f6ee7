import { isValueOf } from './mentions.ts'
import {
  type Cursor,
  type Draft,
  isCue,
  isMention,
  isNoun,
  isNumeric,
  readBy,
  readComparison,
  readRank,
  takeMentions,
} from './read-roles.ts'
import type { Structure } from './structure.ts'
import type { Piece } from './tag.ts'

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
