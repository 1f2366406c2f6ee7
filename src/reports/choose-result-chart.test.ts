import { expect, test } from 'vitest'
import { barsResult, linesResult } from '../../tests/fixtures/example-result.ts'
import { chooseResultChart, type ResultTable } from './choose-result-chart.ts'
import { readGrid } from './result-grid.ts'
import { readLines } from './result-lines.ts'

test('a measure over time by a name is a line a name, the largest first', () => {
  const chart = chooseResultChart(linesResult)
  expect(chart).toEqual({ mark: 'line', x: 'month', y: ['signups'], series: 'plan' })
  const { lines, left } = readLines(linesResult, chart!)
  expect(lines.map(({ name, points }) => [name, points.length])).toEqual([
    ['Free', 9],
    ['Pro', 9],
    ['Enterprise', 9],
  ])
  expect(left).toBe(0)
})

test('a measure by a name is bars, one number is a number, many columns are a table', () => {
  expect(chooseResultChart(barsResult)).toMatchObject({ mark: 'bar', x: 'country', y: ['revenue'] })
  const single: ResultTable = { columns: [{ name: 'n', type: 'number' }], rows: [[41]] }
  expect(chooseResultChart(single)).toMatchObject({ mark: 'number', y: ['n'] })
  expect(
    chooseResultChart({
      columns: [
        { name: 'name', type: 'text' },
        { name: 'id', type: 'number' },
      ],
      rows: [
        ['a', 1],
        ['b', 2],
      ],
    }),
  ).toBeUndefined()
})

test('the chart step decides, unless it names a column that is not there', () => {
  const clause = { mark: 'bar', x: 'month', y: ['signups'], series: undefined } as const
  expect(chooseResultChart(linesResult, clause)).toMatchObject({ mark: 'bar', x: 'month' })
  expect(chooseResultChart(linesResult, { ...clause, y: ['gone'] })).toBeUndefined()
  expect(chooseResultChart(linesResult, { ...clause, mark: 'table' })).toBeUndefined()
})

test('more lines than can be told apart are counted, not drawn', () => {
  const rows = Array.from({ length: 8 }, (_, at) => [
    ['2026-01-01', `name ${at}`, at],
    ['2026-02-01', `name ${at}`, at],
    ['2026-03-01', `name ${at}`, null],
  ]).flat()
  const table: ResultTable = { columns: linesResult.columns, rows }
  const { lines, left } = readLines(table, chooseResultChart(table)!)
  expect(lines.map(({ name }) => name)).toEqual(['name 7', 'name 6', 'name 5', 'name 4', 'name 3', 'name 2'])
  expect(left).toBe(2)
  expect(lines[0]?.points).toHaveLength(2)
})

test('a heatmap has what goes across first, but times go down; a cell with two values is none', () => {
  const columns = [
    { name: 'cohort', type: 'date' },
    { name: 'period', type: 'number' },
    { name: 'rate', type: 'number' },
  ] as const
  const rows = [
    ['2026-02-01', 10, 0.25],
    ['2026-01-01', 2, 0.5],
    ['2026-01-01', 10, null],
  ]
  const clause = { mark: 'heatmap', x: 'cohort', y: ['period', 'rate'], series: undefined } as const
  const chart = chooseResultChart({ columns, rows }, clause)!
  expect(readGrid({ columns, rows }, chart)).toEqual({
    rowName: 'cohort',
    columnName: 'period',
    valueName: 'rate',
    columns: ['2', '10'],
    rows: [
      { name: '2026-01-01', values: [0.5, null] },
      { name: '2026-02-01', values: [null, 0.25] },
    ],
    left: { rows: 0, columns: 0 },
    isShare: true,
  })
  expect(readGrid({ columns, rows: [...rows, rows[0]!] }, chart)).toBeUndefined()
  const across = readGrid({ columns, rows }, { ...chart, x: 'period', y: ['rate', 'rate'] })
  expect(across).toMatchObject({ columnName: 'period', rowName: 'rate' })
  const many = Array.from({ length: 100 }, (_, at) => ['2026-01-01', at, at])
  expect(readGrid({ columns, rows: many }, chart)).toMatchObject({ left: { rows: 0, columns: 69 }, isShare: false })
  expect(chooseResultChart({ columns, rows }, { ...clause, y: ['rate'] })).toBeUndefined()
})
