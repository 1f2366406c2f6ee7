import { expect, test } from 'vitest'
import { addPeriods } from '../../src/base/periods.ts'
import { runExploration } from '../../src/engine/ask/run-exploration.ts'
import { rerunFinding } from '../../src/engine/evidence/rerun-finding.ts'
import { runCycle } from '../../src/engine/run-cycle.ts'
import { describeDrivers } from '../../src/reports/describe-drivers.ts'
import { narrow } from '../../src/reports/follow-ups.ts'
import { createRandom } from '../../src/stats/random.ts'
import { openWorkspace } from './open-workspace.ts'
import { saveCompany } from './save-company.ts'

const asOf = '2026-09-30'
const countries = ['DE', 'EE', 'FI', 'US']
const platforms = ['web', 'ios', 'api']

const catalog = `models:
  account:
    table: accounts
    key: id
    fields:
      id: { type: number, hidden: true }
      name: { type: text, pii: true }
      country: { type: text }
    semantics: { kind: account, name: name }
  event:
    table: events
    key: id
    fields:
      id: { type: number, hidden: true }
      account_id: { type: number, hidden: true }
      platform: { type: text }
      at: { type: timestamp }
    relations:
      account: { to: account, one: account_id }
    metrics:
      actions: { measure: count(), time: at, good: up, slices: [platform, account.country], unit: actions }
calendar: { week_starts: monday }
`

/** Forty accounts in four countries; account 3, the largest by far, stops 15 days before the end, or begins then. */
function makeCompany(storeUrl: string, begins = false): { readonly folder: string } {
  const random = createRandom(5)
  const accounts = ['id,name,country']
  for (let id = 0; id < 40; id++) accounts.push(`${id},Person ${id},${countries[id % 4]}`)
  const events = ['id,account_id,platform,at']
  for (let ago = 150; ago >= 0; ago--) {
    const day = addPeriods(asOf, -ago, 'day')
    for (let id = 0; id < 40; id++) {
      const mean = id === 3 ? (ago < 15 === begins ? 60 : 0) : 4
      for (let left = random.poisson(mean); left > 0; left--)
        events.push(`${events.length},${id},${platforms[random.integer(0, 2)]},${day} 0${random.integer(0, 9)}:30:00`)
    }
  }
  const tables = { accounts, events }
  const folder = saveCompany({ name: 'drivers', storeUrl, catalog, tables })
  return { folder }
}

test('a fall that one account makes is told with that account, by its key, by the cycle and when it is run again', async () => {
  const { app } = await openWorkspace(makeCompany)
  const { findings } = await runCycle(app, { asOf })
  const first = findings[0]!
  expect(first).toMatchObject({ metric: 'actions', direction: 'down', from: '2026-09-16' })
  expect(first.slice).toEqual([{ field: 'account.country', value: 'US' }])

  const { explained } = await rerunFinding(app, first.key)
  // platforms fell alike: none of them explains it
  expect(explained?.drivers).toEqual([])
  const accounts = explained!.accounts!
  expect(accounts).toMatchObject({ path: 'account.id', count: 10 })
  expect(accounts.top[0]).toMatchObject({ key: 3, actual: 0 })
  expect(accounts.top[0]!.share).toBeGreaterThan(0.9)
  expect(JSON.stringify(explained)).not.toContain('Person')
  // the same rows say the same
  expect({ drivers: first.drivers, accounts }).toEqual(explained)
  expect(describeDrivers({ ...first })).toMatch(/^One account \(3\) makes (9\d|100)% of it\.$/)
  expect((await rerunFinding(app, first.key)).explained).toEqual(explained)

  const link = narrow(first, [{ field: accounts.path, value: 3 }])!
  const { rows } = await runExploration(app, link)
  expect(rows.length).toBeGreaterThan(100)
  expect(rows.every(([day]) => String(day) < '2026-09-16')).toBe(true)
})

test('a slice that rose by one account that began is not told, and the cycle says so', async () => {
  const { app } = await openWorkspace((storeUrl) => makeCompany(storeUrl, true))
  const { findings, withheld } = await runCycle(app, { asOf })
  expect(findings.filter(({ slice }) => slice.length > 0)).toEqual([])
  expect(withheld).toContainEqual({
    what: 'Actions with country US',
    why: expect.stringMatching(/^rose .* since 2026-09-16 by 1 account alone$/),
  })
})
