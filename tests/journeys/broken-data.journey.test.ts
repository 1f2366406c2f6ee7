import { expect, test } from 'vitest'
import { runCycle } from '../../src/engine/run-cycle.ts'
import { type BusyRow, makeBusyCompany, type PlantedRows } from './busy-company.ts'
import { openWorkspace } from './open-workspace.ts'

async function tell(edit: PlantedRows['edit']) {
  const { app, asOf } = await openWorkspace((url) => makeBusyCompany(3, url, { edit, keepsKeys: true }))
  const { findings, withheld } = await runCycle(app, { asOf })
  // what held up and is not told is no matter of the data
  const said = withheld.map(({ what, why }) => `${what} ${why}`).filter((line) => !/tests? that held up/.test(line))
  return { findings, withheld: said }
}

const empty = (row: BusyRow, field: string): readonly BusyRow[] => [{ ...row, values: { ...row.values, [field]: '' } }]

test('a field that lost its values is said, and neither what is cut by it nor what reads it is told', async () => {
  const { findings, withheld } = await tell((row, chance) => {
    if (row.ago >= 12 || chance > 0.8) return [row]
    if (row.table === 'events') return empty(row, 'country')
    return row.table === 'invoices' ? empty(row, 'amount') : [row]
  })
  expect(findings.map(({ headline }) => headline)).toEqual([])
  expect(withheld).toHaveLength(2)
  expect(withheld[0]).toMatch(
    /^event by seen_at `country` is empty in \d\d% of the rows from 2026-09-19 on, otherwise in 0%: nothing is cut or counted by it$/,
  )
  expect(withheld[1]).toMatch(/^invoice by issued_at `amount` is empty/)
})

test('days whose rows came twice are left out and said', async () => {
  const { findings, withheld } = await tell((row) =>
    row.table === 'invoices' && row.ago >= 4 && row.ago < 9 ? [row, row] : [row],
  )
  expect(findings.map(({ headline }) => headline)).toEqual([])
  expect(withheld).toHaveLength(5)
  expect(withheld[0]).toBe(
    'invoice by issued_at has rows twice on 2026-09-22: 50% of them have a key that is there already, and the day is left out',
  )
})

test('a column that came up lately is said, not its values', async () => {
  const { findings, withheld } = await tell((row) =>
    row.table === 'events' && row.ago > 20 ? empty(row, 'country') : [row],
  )
  expect(findings.map(({ headline }) => headline)).toEqual([])
  expect(withheld).toEqual([
    expect.stringMatching(
      /^event by seen_at `country` is empty in 100% of the rows from \S+ to 2026-09-09, otherwise in 0%/,
    ),
  ])
})
