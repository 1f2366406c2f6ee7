import type { TableBlock } from '../base/table-block.ts'
import { countries, industries, plans, sources } from './company.ts'
import type { Account } from './make-accounts.ts'
import { createRandom } from './random.ts'
import { toTable } from './to-table.ts'

const first = [
  'Blue',
  'North',
  'Bright',
  'Quiet',
  'Silver',
  'Green',
  'Rapid',
  'Open',
  'Solid',
  'Clear',
  'Amber',
  'High',
]
const second = [
  'Harbour',
  'Field',
  'Bridge',
  'Forest',
  'Peak',
  'River',
  'Stone',
  'Lake',
  'Cloud',
  'Meadow',
  'Gate',
  'Mill',
]
const third = ['Labs', 'Systems', 'Group', 'Works', 'Trade', 'Health', 'Schools', 'Foods', 'Energy', 'Studio']

const sizes = ['1-9', '10-49', '50-249', '250+']
const sizeOf = (employees: number) => (employees < 10 ? 0 : employees < 50 ? 1 : employees < 250 ? 2 : 3)

export function toAccountTable(accounts: readonly Account[], seed: number): TableBlock {
  const random = createRandom(seed, 'account names')
  const pick = (words: readonly string[]) => words[Math.floor(random.next() * words.length)] ?? ''
  const names = accounts.map(({ id }) => `${pick(first)} ${pick(second)} ${pick(third)} ${id}`)
  const integers = (read: (account: Account) => number) => Int32Array.from(accounts, read)
  return toTable('accounts', [
    { name: 'id', kind: 'integer', values: integers(({ id }) => id) },
    { name: 'name', kind: 'text', codes: integers(({ id }) => id - 1), words: names },
    { name: 'plan', kind: 'text', codes: integers(({ plan }) => plan), words: plans.words },
    { name: 'source', kind: 'text', codes: integers(({ source }) => source), words: sources.words },
    { name: 'country', kind: 'text', codes: integers(({ country }) => country), words: countries.words },
    { name: 'industry', kind: 'text', codes: integers(({ industry }) => industry), words: industries.words },
    { name: 'size', kind: 'text', codes: integers(({ employees }) => sizeOf(employees)), words: sizes },
    { name: 'employees', kind: 'integer', values: integers(({ employees }) => employees) },
    { name: 'created_at', kind: 'timestamp', values: Float64Array.from(accounts, ({ createdMs }) => createdMs) },
    { name: 'activated_at', kind: 'timestamp', values: Float64Array.from(accounts, ({ activatedMs }) => activatedMs) },
  ])
}
