import { countNoun, formatDay, formatNumber, formatPeriod } from '../../base/format.ts'
import { type Grain, grains } from '../../base/periods.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { ChartClause } from '../../dsl/exploration.ts'
import type { Column } from '../../dsl/plan/plan.ts'
import type { Cell } from '../../warehouse/warehouse.ts'

interface ResultRows {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Cell[])[]
  readonly rowCount: number
  readonly truncated: boolean
}

const isTime = ({ type }: Column): boolean => type === 'date' || type === 'timestamp'

/** The number that the rows are about, and what they are cut by: as the chart says, or the last number and what is left of it. */
function findRoles(columns: readonly Column[], chart: ChartClause | undefined) {
  const number = (name: string | undefined) => columns.findIndex((column) => column.name === name)
  const charted = number(chart?.y[0] ?? (chart?.mark === 'number' ? chart.x : undefined))
  const measure = charted >= 0 ? charted : columns.findLastIndex(({ type }) => type === 'number')
  const x = number(chart?.x)
  const key = x >= 0 && x !== measure ? x : columns.findIndex((column, at) => at < measure && column.type !== 'number')
  return { measure, key }
}

const grainOf = (name: string): Grain | undefined => grains.find((grain) => grain === name)

/** Labels of catalog values, where a column of this name has them. */
function labelValue(catalog: Catalog, column: Column, value: Cell): string {
  if (value === null) return '(empty)'
  for (const model of Object.values(catalog.models)) {
    const known = model.fields[column.name]?.values.find((other) => other.value === String(value))
    if (known) return known.label
  }
  return isTime(column) ? formatPeriod(String(value), grainOf(column.name)) : String(value)
}

function findFormat(catalog: Catalog, { name, unit }: Column) {
  const metric = Object.values(catalog.models)
    .flatMap((model) => Object.values(model.metrics))
    .find((other) => other.name === name)
  const isShare = name === 'share' || name === 'growth'
  return { unit: unit ?? metric?.unit, format: isShare ? ('percent' as const) : metric?.format }
}

/**
 * The answer in one sentence, made from the rows: `accounts: 1,234`, `avg_users by month: 12 rows, latest 4.2 in Aug 2026`,
 * `revenue by country: 5 rows, highest 12.3k EUR for Estonia`, `42 rows of account`.
 */
export function describeRows(
  { steps, chart }: { readonly steps: readonly { readonly text: string }[]; readonly chart: ChartClause | undefined },
  { columns, rows, rowCount, truncated }: ResultRows,
  catalog: Catalog,
): string {
  const { measure, key } = findRoles(columns, chart)
  const column = columns[measure]
  const keyColumn = columns[key]
  const counted = `${truncated ? 'more than ' : ''}${countNoun(rowCount, 'row')}`
  const isGrouped = steps.some(({ text }) => /^(group|from metric)\b/.test(text))
  const start = steps[0]?.text.split('\n')[0] ?? ''
  if (rows.length === 0) return `no rows: ${start}`
  if (!isGrouped || !column) return `${counted} of ${start.replace(/^from (metric )?/, '')}`
  const { unit, format: numberFormat } = findFormat(catalog, column)
  // `tickets: 12`, not `tickets: 12 tickets`.
  const style = { unit: unit === column.name ? undefined : unit, format: numberFormat }
  const format = (cell: Cell | undefined) => {
    if (typeof cell === 'string' && isTime(column)) return formatDay(cell)
    return formatNumber(cell === null || cell === undefined ? null : Number(cell), style)
  }
  if (!keyColumn)
    return rows.length === 1 ? `${column.name}: ${format(rows[0]?.[measure])}` : `${column.name}: ${counted}`
  const keys = columns
    .filter((other, at) => at < measure && (other.type !== 'number' || at === key))
    .map(({ name }) => name)
  const heading = `${column.name} by ${keys.join(', ')}: ${counted}`
  const numbered = rows.filter((row) => row[measure] !== null && row[measure] !== undefined)
  if (keys.length > 1 || numbered.length === 0) return heading
  const by = (a: readonly Cell[], b: readonly Cell[]) =>
    isTime(keyColumn) ? (String(a[key]) < String(b[key]) ? 1 : -1) : Number(b[measure]) - Number(a[measure])
  const [first] = [...numbered].sort(by)
  const label = labelValue(catalog, keyColumn, first?.[key] ?? null)
  return isTime(keyColumn)
    ? `${heading}, latest ${format(first?.[measure])} in ${label}`
    : `${heading}, highest ${format(first?.[measure])} for ${label}`
}
