import type { Span } from '../../base/diagnostic.ts'
import { suggestNames } from '../../base/did-you-mean.ts'
import { quoteName } from '../text/quote.ts'
import type { Checker } from './checker.ts'
import type { Relation, RelationColumn } from './relation.ts'
import { findMeant } from './same-word.ts'

/** For steps that name shown columns: finds each, or reports it once with the name that was surely meant. */
export function createCallout(step: object, relation: Relation, checker: Checker) {
  const names = relation.columns.map(({ name }) => name)
  return (name: string, what: string, accepts: (column: RelationColumn) => boolean): RelationColumn | undefined => {
    const column = relation.columns.find((one) => one.name === name)
    if (column && (column.type === 'unknown' || accepts(column))) return column
    const candidates = relation.columns.filter(accepts).map((one) => one.name)
    const close = suggestNames(name, candidates)
    const meant =
      findMeant(name, candidates) ?? (close.length === 1 && isNear(name, close[0] ?? '') ? close[0] : undefined)
    const span = findWord(step, name, checker)
    checker.report(step, {
      code: column ? 'wrong-column' : 'unknown-name',
      message: column ? `\`${name}\` is not ${what}` : `there is no column \`${name}\` here`,
      hint:
        names.length > 0 ? `There is ${names.map((one) => `\`${one}\``).join(', ')}.` : 'There are no columns here.',
      candidates: column ? candidates.slice(0, 3) : close,
      ...(span ? { span } : {}),
      fixes:
        meant === undefined || column || !span ? [] : [{ title: `${name} → ${meant}`, span, text: quoteName(meant) }],
    })
    return undefined
  }
}

/** One letter more, less or other, in a word of some length. */
const isNear = (a: string, b: string): boolean =>
  Math.min(a.length, b.length) >= 5 &&
  Math.abs(a.length - b.length) <= 1 &&
  sharedEnds(a, b) >= Math.max(a.length, b.length) - 2

function sharedEnds(a: string, b: string): number {
  const least = Math.min(a.length, b.length)
  let head = 0
  while (head < least && a[head] === b[head]) head++
  let tail = 0
  while (tail < least - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++
  return head + tail
}

/** Where a name stands within its step, as these steps keep plain names. */
export function findWord(step: object, name: string, { source, spanOf }: Checker): Span | undefined {
  const span = spanOf(step)
  if (!source || !span) return span
  const text = source.text.slice(span.start, span.end)
  const written = quoteName(name)
  const escaped = written.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const found = new RegExp(`(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`, 'u').exec(text.slice(1))
  return found ? { start: span.start + 1 + found.index, end: span.start + 1 + found.index + written.length } : span
}
