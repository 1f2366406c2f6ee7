import { isKeyName, keySubject, splitWords, tableSubject } from './name-words.ts'
import type { ColumnProfile } from './table-profile.ts'

type Column = Omit<ColumnProfile, 'values'>

/** How much a column's name looks like that of its table's key: more is better, 0 not at all. */
function rankName(table: string, column: string): number {
  const [name] = splitWords(column)
  const own = tableSubject(table)
  const subject = keySubject(column)
  if (name === 'id' && splitWords(column).length === 1) return 5
  if (isKeyName(column) && (subject === own || subject === '')) return 4
  if (isKeyName(column) && own.endsWith(`_${subject}`)) return 3
  return isKeyName(column) ? 2 : 0
}

const canBeKey = ({ type, isWhole }: Column): boolean => type === 'text' || (type === 'number' && isWhole)

/** The column that identifies a row: unique and never empty. Of several, the one that is named like a key; else the first. */
export function findKey(table: string, looked: number, columns: readonly Column[]): string | undefined {
  const unique = columns.filter(
    (column) => canBeKey(column) && column.empty === 0 && column.distinct === looked && looked > 0,
  )
  const [best] = unique.toSorted((a, b) => rankName(table, b.name) - rankName(table, a.name))
  return best?.name
}

/** Pairs of columns that may identify a row together, most likely first; each is to be counted. */
export function proposePairs(looked: number, columns: readonly Column[]): readonly (readonly [string, string])[] {
  const fitting = columns.filter((column) => canBeKey(column) && column.empty === 0 && column.distinct > 1)
  const named = fitting.filter(({ name }) => isKeyName(name))
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
