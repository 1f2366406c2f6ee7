import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCycle } from '../../src/engine/run-cycle.ts'
import { makeBehaviourCompany } from './behaviour-company.ts'
import { expectProof } from './expect-proof.ts'
import { makeLeadCompany } from './lead-company.ts'
import { openWorkspace } from './open-workspace.ts'
import { makeOrderCompany } from './order-company.ts'
import type { SmallCompany } from './small-company.ts'

/** What a cycle tells of a question of the team, with its proof. */
async function tellOf(make: (storeUrl: string) => SmallCompany, text: string) {
  const { app, asOf } = await openWorkspace((url) => {
    const company = make(url)
    mkdirSync(join(company.folder, 'hypotheses'))
    writeFileSync(join(company.folder, 'hypotheses', 'own.hunch'), text)
    return company
  })
  const { findings, withheld } = await runCycle(app, { asOf })
  expect(withheld.filter(({ what }) => what === 'own.hunch')).toEqual([])
  const [finding, ...more] = findings.filter(({ metric }) => metric === 'own')
  expect(more).toEqual([])
  return finding && { finding, ...(await expectProof(app, finding, { isOwnMeasure: true })) }
}

const sizes = `# Size of orders
from order
where ordered_on in last 230 days
show day(ordered_on) as day, account_id as account, amount as value
test drift value over day by account with recent = 28
`
/** With it amounts that are spread twice as wide by their logarithms have the mean that they had. */
const sameMean = Math.exp((0.5 ** 2 - 1) / 2)

test('whether values are spread as before may be asked in a file', async () => {
  const told = await tellOf((url) => makeOrderCompany(1, url, { spread: 2, factor: sameMean }), sizes)
  expect(told?.finding).toMatchObject({ kind: 'drift', model: 'order', measure: 'amount', from: '2026-07-24' })
  expect(told?.finding.headline).toMatch(/^Size of orders: more small and more large ones, the middle /)
  expect(await tellOf((url) => makeOrderCompany(2, url, {}), sizes)).toBeUndefined()
})

const exports = `# Coming back after an export
from user
where created_at in last 250 days and created_at < now() - 46 days
add exported = if(any(events where name = "export_run" and at < this.created_at + 14 days), 1, 0)
add busy = count(events where at < this.created_at + 14 days)
add came_back = if(any(events where at >= this.created_at + 14 days and at < this.created_at + 45 days), 1, 0)
where busy > 0
show exported, came_back, busy, account.plan as plan
test association came_back over exported by busy, plan
`

test('what goes with an outcome may be asked in a file, in days of its own', async () => {
  const told = await tellOf((url) => makeBehaviourCompany(1, url, { lostWithout: 0.35 }), exports)
  expect(told?.finding).toMatchObject({ kind: 'association', model: 'user', direction: 'up', from: null })
  expect(told?.finding.headline).toMatch(
    /^Coming back after an export: \d+% of those who did against \d+% of those alike who did not$/,
  )
  expect(told?.evidence.test.numbers.details).not.toHaveProperty('first_days')
})

const pair = `# Do orders follow
from metric signups, revenue by day
where day in last 399 days
fill day with 0
test lead_lag signups over day by revenue with lags = 28
`

test('which of two metrics moves first may be asked in a file', async () => {
  const told = await tellOf((url) => makeLeadCompany(1, url, { share: 1, lag: 14 }), pair)
  expect(told?.finding).toMatchObject({
    kind: 'lead_lag',
    with: { model: 'order', metric: 'revenue' },
    direction: 'up',
  })
  expect(told?.finding.headline).toMatch(/^Do orders follow: revenue followed signups by 2 weeks, the same way: /)
  expect(await tellOf((url) => makeLeadCompany(2, url, { share: 0, lag: 0 }), pair)).toBeUndefined()
})
