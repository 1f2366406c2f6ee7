import { type Grain, grains } from '../../base/periods.ts'
import type { Word } from './words.ts'

/** A stretch of time as the language writes it behind a field: `in last 12 months`, `since 2025-03`. */
export interface TimeRange {
  readonly condition: string
  /** Length of what is looked at, for choosing a bucket. */
  readonly unit: Grain
  readonly count: number
}

export type TimePiece =
  | { readonly kind: 'grain'; readonly grain: Grain }
  | { readonly kind: 'range'; readonly range: TimeRange }

interface Reading<T> {
  readonly length: number
  readonly value: T
}

const adverbs: Readonly<Record<string, Grain>> = {
  hourly: 'hour',
  daily: 'day',
  weekly: 'week',
  monthly: 'month',
  quarterly: 'quarter',
  yearly: 'year',
  annual: 'year',
  annually: 'year',
}
const months = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november'],
  'december',
]
const numberWords = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']
const toDates: Readonly<Record<string, Grain>> = { ytd: 'year', qtd: 'quarter', mtd: 'month', wtd: 'week' }

const readGrain = (word: Word | undefined): Grain | undefined =>
  grains.find((grain) => grain === word?.stem && grain !== 'minute')

/** A whole number in digits or as a word up to twelve. */
export function readCount(word: Word | undefined): number | undefined {
  if (word?.kind === 'number' && Number.isInteger(word.number)) return word.number
  const index = numberWords.indexOf(word?.stem ?? '')
  return index >= 0 ? index + 1 : undefined
}

const readYear = (word: Word | undefined): string | undefined =>
  word?.kind === 'number' && /^(19|20)\d\d$/.test(word.text) ? word.text : undefined

function readMonth(word: Word | undefined): string | undefined {
  const stem = word?.kind === 'word' ? word.stem : ''
  const index = stem.length >= 3 ? months.findIndex((month) => month === stem || month.slice(0, 3) === stem) : -1
  return index >= 0 ? String(index + 1).padStart(2, '0') : undefined
}

interface DateLiteral {
  readonly text: string
  readonly unit: Grain
}

/** A date of the language: `2025`, `Q3 2025`, `March 2025`, `2025-03-14`. */
function readDate(words: readonly Word[], at: number): Reading<DateLiteral> | undefined {
  const [first, second] = [words[at], words[at + 1]]
  if (first?.kind === 'date') {
    const unit = first.text.includes('Q') ? 'quarter' : first.text.length > 7 ? 'day' : 'month'
    return { length: 1, value: { text: first.text, unit } }
  }
  const month = readMonth(first)
  const year = readYear(second)
  if (month && year) return { length: 2, value: { text: `${year}-${month}`, unit: 'month' } }
  const quarter = /^q([1-4])$/i.exec(first?.text ?? '')?.[1]
  if (quarter && year) return { length: 2, value: { text: `${year}-Q${quarter}`, unit: 'quarter' } }
  const ownYear = readYear(first)
  const laterQuarter = /^q([1-4])$/i.exec(second?.text ?? '')?.[1]
  if (ownYear && laterQuarter) return { length: 2, value: { text: `${ownYear}-Q${laterQuarter}`, unit: 'quarter' } }
  return ownYear ? { length: 1, value: { text: ownYear, unit: 'year' } } : undefined
}

const range = (length: number, condition: string, unit: Grain, count = 1): Reading<TimePiece> => ({
  length,
  value: { kind: 'range', range: { condition, unit, count } },
})

/** `last 12 months`, `this year`, `year to date`, `yesterday`: counted from the day on which it is asked. */
function readRelative(words: readonly Word[], at: number): Reading<TimePiece> | undefined {
  const [first, second, third] = [words[at], words[at + 1], words[at + 2]]
  if (first?.stem === 'today') return range(1, 'in this day', 'day')
  if (first?.stem === 'yesterday') return range(1, 'in last day', 'day')
  const toDate = toDates[first?.stem ?? '']
  if (toDate) return range(1, `in ${toDate} to date`, toDate)
  const own = readGrain(first)
  if (own && second?.stem === 'to' && third?.stem === 'date') return range(3, `in ${own} to date`, own)
  if (first?.stem === 'this' || first?.stem === 'current') {
    const unit = readGrain(second)
    const soFar = words[at + 2]?.stem === 'so' && words[at + 3]?.stem === 'far' ? 2 : 0
    return unit && range(2 + soFar, `in this ${unit}`, unit)
  }
  if (!['last', 'past', 'previous', 'prior'].includes(first?.stem ?? '')) return undefined
  const count = readCount(second)
  const unit = readGrain(count === undefined ? second : third)
  if (!unit) return undefined
  if (count === undefined) return range(2, `in last ${unit}`, unit)
  return range(3, count === 1 ? `in last ${unit}` : `in last ${count} ${unit}s`, unit, count)
}

/** `since March 2025`, `before 2025`, `between 2025-01-01 and 2025-03-31`, `2025`. */
function readAbsolute(words: readonly Word[], at: number): Reading<TimePiece> | undefined {
  const first = words[at]?.stem ?? ''
  if (first === 'since' || first === 'after' || first === 'before' || first === 'until') {
    const date = readDate(words, at + 1)
    const connective = first === 'until' ? 'before' : first
    return date && range(1 + date.length, `${connective} ${date.value.text}`, date.value.unit, 12)
  }
  if (first === 'between' || first === 'from') {
    const from = readDate(words, at + 1)
    const to = from && readDate(words, at + 2 + from.length)
    const joint = from && words[at + 1 + from.length]?.stem
    if (from && to && (joint === 'and' || joint === 'to'))
      return range(2 + from.length + to.length, `in ${from.value.text} to ${to.value.text}`, to.value.unit, 12)
  }
  const date = readDate(words, at)
  return date && range(date.length, `in ${date.value.text}`, date.value.unit)
}

const leads = new Set(['in', 'during', 'over', 'for', 'within', 'from', 'of', 'on', 'the', 'through', 'throughout'])
const each = new Set(['per', 'by', 'each', 'every', 'a'])

/** A bucket (`per month`, `weekly`) or a stretch of time (`in the last 12 months`) that starts at word `at`. */
export function readTime(words: readonly Word[], at: number): Reading<TimePiece> | undefined {
  const first = words[at]
  if (!first) return undefined
  const adverb = adverbs[first.stem]
  if (adverb) return { length: 1, value: { kind: 'grain', grain: adverb } }
  const unit = each.has(first.stem) ? readGrain(words[at + 1]) : undefined
  if (unit && words[at + 2]?.stem !== 'to') return { length: 2, value: { kind: 'grain', grain: unit } }
  const repeated = readGrain(first)
  if (repeated && /^(by|over|on)$/.test(words[at + 1]?.stem ?? '') && readGrain(words[at + 2]) === repeated)
    return { length: 3, value: { kind: 'grain', grain: repeated } }
  let skipped = 0
  const direct = readAbsolute(words, at) ?? readRelative(words, at)
  if (direct) return direct
  while (leads.has(words[at + skipped]?.stem ?? '')) skipped++
  if (skipped === 0) return undefined
  const found = readRelative(words, at + skipped) ?? readAbsolute(words, at + skipped)
  return found && { length: skipped + found.length, value: found.value }
}
