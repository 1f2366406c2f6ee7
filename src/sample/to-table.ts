import type { ColumnBlock, TableBlock } from '../base/table-block.ts'

/** A table of columns that all have as many rows as the first. */
export function toTable(name: string, columns: readonly ColumnBlock[]): TableBlock {
  const [first] = columns
  const rows = first === undefined ? 0 : first.kind === 'text' ? first.codes.length : first.values.length
  return { name, rows, columns }
}
