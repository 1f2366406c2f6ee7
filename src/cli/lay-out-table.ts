import type { Column } from '../dsl/plan/plan.ts'

type Cell = string | number | boolean | null

/** Widest that a column of text gets; longer values are cut with `…`. */
const widthMax = 60

/** Rows as aligned columns under their names: numbers to the right with up to six decimals, empty cells as `–`. */
export function layOutTable(columns: readonly Column[], rows: readonly (readonly Cell[])[]): string {
  const table = columns.map(({ name, type }, at) => {
    const cells = rows.map((row) => writeCell(row[at] ?? null))
    const width = Math.min(
      widthMax,
      [name, ...cells].reduce((most, cell) => Math.max(most, countLetters(cell)), 0),
    )
    return { name, cells, width, isRight: type === 'number' }
  })
  const line = (write: (column: (typeof table)[number]) => string) =>
    table
      .map((column) => align(write(column), column.width, column.isRight))
      .join('  ')
      .trimEnd()
  return [
    line(({ name }) => name),
    line(({ width }) => '─'.repeat(width)),
    ...rows.map((_, at) => line(({ cells }) => cells[at] ?? '')),
  ].join('\n')
}

/** Line breaks and other control characters would tear the table apart. */
const writeCell = (cell: Cell): string => {
  if (cell === null) return '–'
  return typeof cell === 'number' ? writeNumber(cell) : String(cell).replace(/\p{Cc}+/gu, ' ')
}

/** At most six decimals that mean something: floating point adds up to `899158.2199999982`. */
const writeNumber = (value: number): string =>
  String(Number(Math.abs(value) < 1 ? value.toPrecision(6) : value.toFixed(6)))

const countLetters = (text: string): number => [...text].length

function align(text: string, width: number, isRight: boolean): string {
  const letters = [...text]
  const cut = letters.length > width ? `${letters.slice(0, width - 1).join('')}…` : text
  const blank = ' '.repeat(Math.max(0, width - letters.length))
  return isRight ? blank + cut : cut + blank
}
