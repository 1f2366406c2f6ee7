import type { Cell } from '../../src/warehouse/warehouse.ts'
import type { FixtureColumn, FixtureTable } from './fixture.ts'

type Rows = readonly (readonly Cell[])[]

const number = (name: string): FixtureColumn => ({ name, type: 'number', sqlType: 'DOUBLE PRECISION' })
const whole = (name: string): FixtureColumn => ({ name, type: 'number', sqlType: 'INTEGER' })
const text = (name: string): FixtureColumn => ({ name, type: 'text', sqlType: 'TEXT' })
const time = (name: string): FixtureColumn => ({ name, type: 'timestamp', sqlType: 'TIMESTAMP' })

function table(name: string, columns: readonly FixtureColumn[], rows: Rows): FixtureTable {
  const read = (cell: Cell, { type }: FixtureColumn) =>
    type === 'timestamp' && typeof cell === 'string' ? Date.parse(`${cell}T00:00:00Z`) : cell
  return {
    name,
    columns,
    rows: rows.map((cells) => Object.fromEntries(columns.map((one, at) => [one.name, read(cells[at] ?? null, one)]))),
  }
}

/** Two accounts have one name; D has no plan, E no country and no day; invoice 5 and user 4 belong to no account that is there. */
export const fewAccounts: readonly FixtureTable[] = [
  table(
    'accounts',
    [whole('id'), text('name'), text('plan'), text('country'), number('mrr'), time('created_at')],
    [
      [1, 'A', 'pro', 'EE', 100, '2026-01-10'],
      [2, 'A', 'pro', 'DE', 50, '2026-02-05'],
      [3, 'C', 'free', 'EE', null, '2026-02-06'],
      [4, 'D', null, 'EE', 0, '2026-03-01'],
      [5, 'E', 'enterprise', null, 200, null],
    ],
  ),
  table(
    'invoices',
    [whole('id'), whole('account_id'), number('amount'), text('status'), time('paid_at')],
    [
      [1, 1, 100, 'paid', '2026-01-15'],
      [2, 1, 50, 'paid', '2026-02-15'],
      [3, 2, 30, 'paid', '2026-02-20'],
      [4, 3, 20, 'paid', '2025-02-10'],
      [5, null, 10, 'paid', '2026-02-11'],
      [6, 1, 40, 'open', null],
    ],
  ),
  table(
    'users',
    [whole('id'), whole('account_id'), text('role')],
    [
      [1, 1, 'admin'],
      [2, 1, 'member'],
      [3, 3, 'admin'],
      [4, 9, 'member'],
    ],
  ),
]
