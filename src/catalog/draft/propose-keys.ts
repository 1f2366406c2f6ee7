import { isKeyName, keySubject, splitWords, tableSubject } from './name-words.ts'
import type { ColumnProfile } from './table-profile.ts'

type Column = Omit<ColumnProfile, 'values'>

/** Whether a key is named after the first letters of its table: `cid` of `coupons`, `diag_id` of `diagnoses`. */
const isInitial = (column: string, own: string): boolean => {
  const [, letters = ''] = /^([a-z]{1,4})_?id$/i.exec(column) ?? []
  return letters !== '' && !own.includes('_') && own.startsWith(letters.toLowerCase())
}

/** How much a column's name looks like that of its table's key: more is better, 0 not at all. */
function rankName(table: string, column: string): number {
  const [name] = splitWords(column)
  const own = tableSubject(table)
  const subject = keySubject(column)
  if (name === 'id' && splitWords(column).length === 1) return 5
  if (isInitial(column, own)) return 4
  // A `code` or `no` is often what people call a thing by, beside its key.
  if (isKeyName(column) && subject === '') return /^(code|no|nr|number|sku)$/i.test(column) ? 3 : 4
  if (isKeyName(column) && subject === own) return 4
  if (isKeyName(column) && own.endsWith(`_${subject}`)) return 3
  return isKeyName(column) ? 2 : 0
}

const canBeKey = ({ type, isWhole }: Column): boolean => type === 'text' || (type === 'number' && isWhole)
const isTime = ({ type }: Column): boolean => type === 'date' || type === 'timestamp'

/**
 * The column that identifies a row: unique and never empty. Of several, the one that is named like a key; else the first. Where a table
 * is nothing but two keys of others, it pairs them, and that one is unique may be chance.
 */
export function findKey(table: string, looked: number, columns: readonly Column[]): string | undefined {
  const unique = columns.filter(
    (column) => canBeKey(column) && column.empty === 0 && column.distinct === looked && looked > 0,
  )
  const [best] = unique.toSorted((a, b) => rankName(table, b.name) - rankName(table, a.name))
  const isBridge = columns.length === 2 && columns.every(({ name }) => isKeyName(name) && rankName(table, name) < 4)
  return isBridge ? undefined : best?.name
}

/** Pairs of columns that may identify a row together (a thing and its day, too), most likely first; each is to be counted. */
export function proposePairs(looked: number, columns: readonly Column[]): readonly (readonly [string, string])[] {
  const fitting = columns.filter(
    (column) => (canBeKey(column) || isTime(column)) && column.empty === 0 && column.distinct > 1,
  )
  const named = fitting.filter((column) => !isTime(column) && (isKeyName(column.name) || columns.length === 2))
  return named
    .flatMap((first) =>
      fitting
        .filter((second) => second !== first && first.distinct * second.distinct >= looked)
        .map((second) => [first, second] as const),
    )
    .filter(([first, second]) => !named.includes(second) || columns.indexOf(first) < columns.indexOf(second))
    .toSorted(
      ([a, b], [c, d]) =>
        Number(named.includes(d)) - Number(named.includes(b)) || a.distinct + b.distinct - c.distinct - d.distinct,
    )
    .slice(0, 8)
    .map(([first, second]) => [first.name, second.name] as const)
}
