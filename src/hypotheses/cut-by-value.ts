import type { Slice, SliceValue } from './hypothesis.ts'
import type { ScanRows } from './series/period-block.ts'

/** Rows of one value of a field. */
export interface ValueRows {
  readonly slice: Slice
  readonly rows: ScanRows['rows']
}

/** Rows cut by the values of a field that stand in a column, in the order of the values. */
export function cutByValue({ columns, rows }: ScanRows, field: string, column: string): readonly ValueRows[] {
  const place = columns.findIndex(({ name }) => name === column)
  return [...Map.groupBy(rows, (row) => JSON.stringify(row[place]))]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, own]) => ({ slice: [{ field, value: JSON.parse(key) as SliceValue['value'] }], rows: own }))
}
