import type { Column } from '../dsl/plan/plan.ts'
import type { ResultChart, ResultTable } from './choose-result-chart.ts'

/** A result as a grid: a value for each row and column name, null where there is none. Names in the order of numbers and days, else as they come. */
export interface ResultGrid {
  readonly rowName: string
  readonly columnName: string
  readonly valueName: string
  readonly columns: readonly string[]
  readonly rows: readonly { readonly name: string; readonly values: readonly (number | null)[] }[]
  /** Rows and columns that are left out: the first and the last ones, as they are ordered. */
  readonly left: { readonly rows: number; readonly columns: number }
  /** Whether the values are shares of 1. */
  readonly isShare: boolean
}

/** A larger grid is no picture any more. */
const [rowsMax, columnsMax] = [60, 31]

const isTime = (column: Column | undefined) => column?.type === 'date' || column?.type === 'timestamp'

function listNames(cells: readonly unknown[], column: Column): readonly string[] {
  const names = [...new Set(cells.map((cell) => String(cell ?? '(empty)')))]
  if (column.type === 'number') return names.sort((a, b) => Number(a) - Number(b))
  return isTime(column) ? names.sort() : names
}

/** Reads rows as a grid: what goes across comes first, but times go down. Undefined where a cell has two values, or a column is not there. */
export function readGrid({ columns, rows }: ResultTable, { x, y }: ResultChart): ResultGrid | undefined {
  const [other, value] = y
  const find = (name: string | undefined) => columns.findIndex((column) => column.name === name)
  const [across, down, measure] = isTime(columns[find(x)])
    ? [find(other), find(x), find(value)]
    : [find(x), find(other), find(value)]
  if (across < 0 || down < 0 || measure < 0) return undefined
  const acrossNames = listNames(
    rows.map((row) => row[across]),
    columns[across]!,
  )
  const downNames = listNames(
    rows.map((row) => row[down]),
    columns[down]!,
  )
  const cells = new Map<string, number | null>()
  for (const row of rows) {
    const key = JSON.stringify([String(row[down] ?? '(empty)'), String(row[across] ?? '(empty)')])
    if (cells.has(key)) return undefined
    const cell = row[measure]
    cells.set(key, cell === null || cell === undefined ? null : Number(cell))
  }
  const shownRows = downNames.slice(-rowsMax)
  const shownColumns = acrossNames.slice(0, columnsMax)
  const values = [...cells.values()].filter((cell) => cell !== null)
  return {
    rowName: columns[down]!.name,
    columnName: columns[across]!.name,
    valueName: columns[measure]!.name,
    columns: shownColumns,
    rows: shownRows.map((name) => ({
      name,
      values: shownColumns.map((column) => cells.get(JSON.stringify([name, column])) ?? null),
    })),
    left: { rows: downNames.length - shownRows.length, columns: acrossNames.length - shownColumns.length },
    isShare: values.every((cell) => cell >= 0 && cell <= 1) && values.some((cell) => !Number.isInteger(cell)),
  }
}
