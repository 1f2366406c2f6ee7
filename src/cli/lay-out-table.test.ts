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
