import type { FieldType } from '../../catalog/catalog.ts'

/**
 * Functions of one row as they stand in a plan's `call`. The language has more names (`hours_between`, `between`, `if`): the
 * compiler writes them with these, so that a dialect has few to emit. Unless said otherwise the result is empty when an
 * argument is.
 */
export const scalarNames = [
  // Numbers. Whole and fractional numbers are one type.
  'add', // a + b
  'subtract', // a - b
  'multiply', // a * b
  'divide', // a / b, never whole-number division; empty when b is 0
  'modulo', // remainder with the sign of a; empty when b is 0
  'negate', // -a
  'round', // (x) or (x, digits): half away from zero; digits is a whole number literal from 0 to 10
  'floor',
  'ceil',
  'abs',
  'sign', // -1, 0 or 1
  'power', // (a, b); empty where that is no number: a fractional power of a negative, a negative power of 0
  'sqrt', // empty for a negative
  'ln', // empty up to 0
  'log10', // empty up to 0
  'exp', // empty beyond 700, 0 below -700
  'least', // (a, b), numbers, dates or timestamps: the smaller; the other where one is empty
  'greatest', // (a, b): the larger, likewise
  // Comparisons: both sides have one type. Texts are compared by code point, case-sensitive.
  'equals', // empty when a side is empty
  'not_equals', // null-safe, never empty: true when exactly one side is empty, false when both are (is distinct from)
  'less',
  'less_or_equal',
  'greater',
  'greater_or_equal',
  'in', // (x, a, b, …): equals one of them
  // Logic.
  'and', // two or more; three-valued, as in SQL
  'or', // two or more; three-valued, as in SQL
  'not', // never empty: true unless the argument is true (an empty condition did not hold, so its negation does)
  'is_empty', // never empty; true for null only, not for ''
  'when', // (c1, a1, c2, a2, …, else): the value of the first condition that is true; else is always there, maybe a null literal
  'coalesce', // two or more: the first that is not empty
  // Text. The first three ignore case; % and _ in the second argument are plain letters.
  'contains', // (text, part)
  'starts_with', // (text, part)
  'ends_with', // (text, part)
  'lower',
  'upper',
  'trim', // spaces on both sides
  'length', // in characters
  'replace', // (text, what, with): every occurrence, case-sensitive
  'substring', // (text, start, length): start is 1-based
  'concat', // two or more texts; empty when one is empty
  'md5', // (text): 32 digits and small letters, a hash of its UTF-8 bytes
  'split', // (text, separator, n): the n-th part, n a whole number literal from 1, the separator not ''; empty where there is nothing
  'matches', // (text, pattern): whether the pattern, a literal of `portable-pattern.ts`, is found in it; case-sensitive
  'to_text', // (number or date): `12.5`, of numbers at most 10 digits behind the point; `2025-03-14`
  'to_number', // (text): floating point; empty where it is none that `numberPattern` describes
  'to_date', // (text): the day that it starts with, as `2025-03-14`, alone or before `T` or a space; empty where there is none
  'to_timestamp', // (text): `2025-03-14T09:30:00Z`, or with a space, without seconds or `Z`; empty where it is none
  // Time. Arguments are of type date (the compiler has wrapped an instant in a day, month … bucket) unless said otherwise.
  'days_between', // (a, b): b - a in days, negative when b is earlier
  'months_between', // (a, b): months from the month of a to the month of b
  'seconds_between', // (a, b) timestamps: elapsed seconds, with fractions
  'year_of', // 2025
  'quarter_of_year', // 1 to 4
  'month_of_year', // 1 to 12
  'day_of_month', // 1 to 31
  'day_of_week', // 1 Monday to 7 Sunday, whatever the calendar's week start
  'day_of_year', // 1 to 366
  'week_of_year', // ISO: 1 to 53
  'hour_of_day', // (timestamp): 0 to 23, in the plan's time zone
  'minute_of_hour', // (timestamp): 0 to 59, in the plan's time zone
] as const

export type ScalarName = (typeof scalarNames)[number]

const booleans: ReadonlySet<ScalarName> = new Set([
  'equals',
  'not_equals',
  'less',
  'less_or_equal',
  'greater',
  'greater_or_equal',
  'in',
  'and',
  'or',
  'not',
  'is_empty',
  'contains',
  'starts_with',
  'ends_with',
  'matches',
])
const texts: ReadonlySet<ScalarName> = new Set([
  'lower',
  'upper',
  'trim',
  'replace',
  'substring',
  'concat',
  'md5',
  'split',
  'to_text',
])

/** What a function of the plan gives: a type, or that of its second argument (`when`) or its first (`coalesce`). */
export function findResult(fn: ScalarName): FieldType | 'first' | 'second' {
  if (fn === 'when') return 'second'
  if (fn === 'coalesce' || fn === 'least' || fn === 'greatest') return 'first'
  if (fn === 'to_date') return 'date'
  if (fn === 'to_timestamp') return 'timestamp'
  return booleans.has(fn) ? 'boolean' : texts.has(fn) ? 'text' : 'number'
}

/** Aggregates as they stand in an `AggregateCall`. All ignore empty arguments, and rows for which `where` is not true. */
export const aggregateNames = [
  'count', // () rows, (x) rows where x is not empty; 0 for none
  'count_distinct', // (x, …) combinations; one with an empty part does not count; 0 for none
  'sum', // empty for none
  'avg', // empty for none
  'min',
  'max',
  'median', // interpolated between the middle two; empty for none
  'percentile', // (x, fraction): a literal from 0 to 1; interpolated between the two values around it; empty for none
  'stddev', // of a sample; empty for fewer than two
  'variance', // of a sample; empty for fewer than two
  'first', // (x, by): x, maybe empty, in the row with the smallest `by`; of several the smallest x, empty last; rows without `by` do not count
  'last', // (x, by): the same for the largest `by`; of several again the smallest x
  'mode', // the value that occurs most often; of several the smallest
  'list', // (text): the first `listMax` different values in order, joined by ', '; empty for none
  'correlation', // (x, y): Pearson's, over the rows that have both; only for at least two values of each
] as const

/** Aggregates that are worked out from others where an engine has none that is exact. */
export type EmulatedAggregate = 'first' | 'last' | 'mode' | 'median' | 'percentile'

/** Most values that a `list` shows. */
export const listMax = 100

/** What no text can ask for: `fingerprint` (x, …) is the same text for the same rows in any order, and surely another for others. */
export type HiddenAggregate = 'fingerprint'

export type AggregateName = (typeof aggregateNames)[number] | HiddenAggregate
