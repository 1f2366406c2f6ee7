import type { ResultChart, ResultTable } from './choose-result-chart.ts'

/** One line of a chart: values by epoch milliseconds, oldest first. */
export interface ResultLine {
  readonly name: string
  readonly points: readonly { readonly x: number; readonly at: string; readonly value: number }[]
}

/** More lines than this cannot be told apart. */
export const linesMax = 6

const toMs = (at: string): number => Date.parse(at.length === 10 ? `${at}T00:00:00Z` : at)

/** Rows as lines, the largest first; `left` counts those that were left out. */
export function readLines(
  { columns, rows }: ResultTable,
  chart: ResultChart,
): { readonly lines: readonly ResultLine[]; readonly left: number } {
  const indexOf = (name: string | undefined) => columns.findIndex((column) => column.name === name)
  const [x, series] = [indexOf(chart.x), indexOf(chart.series)]
  const byName = new Map<string, { x: number; at: string; value: number }[]>()
  for (const row of rows)
    for (const name of chart.y) {
      const at = row[x]
      const value = Number(row[indexOf(name)] ?? Number.NaN)
      if (typeof at !== 'string' || !Number.isFinite(value)) continue
      const label = series < 0 ? name : String(row[series] ?? '(empty)')
      const points = byName.get(label) ?? []
      byName.set(label, points)
      points.push({ x: toMs(at), at, value })
    }
  const sum = ({ points }: ResultLine) => points.reduce((total, { value }) => total + Math.abs(value), 0)
  const lines = [...byName]
    .map(([name, points]): ResultLine => ({ name, points: points.sort((a, b) => a.x - b.x) }))
    .sort((a, b) => sum(b) - sum(a))
  return { lines: lines.slice(0, linesMax), left: Math.max(0, lines.length - linesMax) }
}
