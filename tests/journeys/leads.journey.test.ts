import { expect, test } from 'vitest'
import { addPeriods } from '../../src/base/periods.ts'
import { runCycle } from '../../src/engine/run-cycle.ts'
import { findCycle } from '../../src/store/cycles.ts'
import { listScans } from '../../src/store/scans.ts'
import { listVerdicts } from '../../src/store/verdicts.ts'
import { expectProof, expectSameAlone } from './expect-proof.ts'
import { type LeadPlan, makeLeadCompany } from './lead-company.ts'
import { openWorkspace } from './open-workspace.ts'

const openLeads = (plan: LeadPlan, seed = 1) => openWorkspace((url) => makeLeadCompany(seed, url, plan))

test('one metric that follows another is told once, with its page, its picture and the same numbers again', async () => {
  const { app, asOf } = await openLeads({ share: 1, lag: 14 })
  const [before] = (await runCycle(app, { asOf: addPeriods(asOf, -1, 'day') })).findings
  expect(before).toMatchObject({ kind: 'lead_lag', state: 'new' })
  const { findings } = await runCycle(app, { asOf })
  expect(findings).toHaveLength(1)
  const [finding] = findings
  expect(finding).toMatchObject({
    kind: 'lead_lag',
    model: 'account',
    metric: 'signups',
    with: { model: 'order', metric: 'revenue' },
    direction: 'up',
    from: null,
    state: 'ongoing',
    key: before!.key,
  })
  expect(finding!.good).toBeUndefined()
  expect(finding!.headline).toMatch(
    /^Revenue followed signups by 2 weeks, the same way: correlation 0\.\d+ of what season and trend leave of both$/,
  )
  const { evidence, page } = await expectProof(app, finding!)
  expect(evidence.test.numbers).toMatchObject({ pValue: finding!.pValue, details: { lag: 14, leader: 'first' } })
  expect(evidence.points!.length).toBeGreaterThan(350)
  expect(page).toContain('correlation at its lag')
})

test('a pair gives exactly the numbers of the scans when it is asked alone, and costs no query', async () => {
  const { app, asOf } = await openLeads({ share: 0, lag: 0 })
  const { cycle } = await runCycle(app, { asOf })
  const own = (await listVerdicts(app.database, cycle.id)).filter(
    ({ hypothesis }) => hypothesis.detector === 'lead_lag',
  )
  const asked = own.filter(({ isReplicate }) => !isReplicate)
  // of two metrics of each table the pairs of different tables
  expect(asked.map(({ hypothesis }) => hypothesis.statement).sort()).toEqual([
    'paid signups and average order move one before the other',
    'paid signups and revenue move one before the other',
    'signups and average order move one before the other',
    'signups and revenue move one before the other',
  ])
  for (const one of asked) await expectSameAlone(app, one)
  expect(own.filter(({ isReplicate, status }) => isReplicate && status === 'tested')).toHaveLength(4)
  const scans = await listScans(app.database, cycle.id)
  expect(scans.find(({ reads }) => reads === 'leads')).toMatchObject({ queries: 0, state: 'done', text: '' })
  expect((await findCycle(app.database, cycle.id))?.withheld).toEqual([])
})

test('nothing is told of metrics that share their days, or an event', async () => {
  const plans: readonly LeadPlan[] = [
    { share: 0, lag: 0, shared: 0.3, memory: 0.8 },
    { share: 0, lag: 0, fortnight: 1.8 },
  ]
  for (const plan of plans) {
    const { app, asOf } = await openLeads(plan, 3)
    const told = (await runCycle(app, { asOf })).findings.filter(({ kind }) => kind === 'lead_lag')
    expect(told.map(({ headline }) => headline)).toEqual([])
  }
})
