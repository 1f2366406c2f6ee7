import { expect, test } from 'vitest'
import { layOutTable } from './lay-out-table.ts'

test('numbers stand to the right, texts to the left, and nothing tears the table', () => {
  const columns = [
    { name: 'plan', type: 'text' },
    { name: 'accounts', type: 'number' },
  ] as const
  const rows = [
    ['pro\nplus', 12],
    [null, 1.5],
    ['😀'.repeat(70), null],
  ]
  expect(layOutTable(columns, rows).split('\n')).toEqual([
    `plan${' '.repeat(56)}  accounts`,
    `${'─'.repeat(60)}  ────────`,
    `pro plus${' '.repeat(52)}        12`,
    `–${' '.repeat(59)}       1.5`,
    `${'😀'.repeat(59)}…         –`,
  ])
})

test('without rows there are names only', () => {
  expect(layOutTable([{ name: 'n', type: 'number' }], [])).toBe('n\n─')
})

test('numbers lose the noise of floating point, and nothing that means something', () => {
  const cells = [
    899_158.2199999982,
    1 / 3,
    0.000_012_345_678_9,
    -2.5,
    9_007_199_254_740_991,
    0,
    '12345678901234567890.123456789',
  ]
  const lines = layOutTable(
    [{ name: 'n', type: 'number' }],
    cells.map((cell) => [cell]),
  ).split('\n')
  expect(lines.slice(2).map((line) => line.trim())).toEqual([
    '899158.22',
    '0.333333',
    '0.0000123457',
    '-2.5',
    '9007199254740991',
    '0',
    '12345678901234567890.123456789',
  ])
})
