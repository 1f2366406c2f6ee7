import { expect, test } from 'vitest'
import { draftCycle } from '../../src/engine/plan/plan-cycle.ts'
import { runCycle } from '../../src/engine/run-cycle.ts'
import { listVerdicts } from '../../src/store/verdicts.ts'
import { expectProof, expectSameAlone } from './expect-proof.ts'
import { openWorkspace } from './open-workspace.ts'
import { makeReturningCompany, type ReturningPlan } from './returning-company.ts'

const openReturning = (plan: ReturningPlan, seed = 1) => openWorkspace((url) => makeReturningCompany(seed, url, plan))

test('users who joined lately and come back less often are one finding, with evidence that recomputes', async () => {
  const { app, asOf } = await openReturning({ retention: { since: 60, value: 'pro', factor: 0.6 } })
  const { findings } = await runCycle(app, { asOf })
  const told = findings.filter(({ kind }) => kind === 'retention_shift')
  expect(told).toHaveLength(1)
  const [finding] = told
  expect(finding).toMatchObject({
    metric: 'user_retention',
    metricLabel: 'User retention',
    slice: [{ field: 'plan', value: 'pro' }],
    direction: 'down',
    good: false,
    grain: 'week',
  })
  expect(finding!.from! >= '2026-07-20' && finding!.from! <= '2026-08-17').toBe(true)
  expect(finding!.headline).toMatch(
    /^User retention with plan pro: \d+% of those who began came back in week \d+ after it/,
  )
  const { evidence } = await expectProof(app, finding!)
  expect(evidence.series.length).toBeGreaterThan(30)
})

test('tickets that take longer are told while most of the late ones are still open', async () => {
  const { app, asOf } = await openReturning({ waits: { since: 14, value: 'billing', factor: 3 } })
  const { findings } = await runCycle(app, { asOf })
  const [finding] = findings.filter(({ kind }) => kind === 'duration_shift')
  expect(finding).toMatchObject({
    metric: 'time_to_solve',
    slice: [{ field: 'topic', value: 'billing' }],
    direction: 'up',
    good: false,
    from: '2026-09-03',
  })
  expect(finding!.headline).toMatch(
    /^Time to solve with topic billing rose: half are through within [\d.]+ h against [\d.]+ h before, since 3 Sep 2026$/,
  )
  await expectProof(app, finding!)
})

test('a hypothesis about them gives exactly the numbers of the shared scan when it is run alone', async () => {
  const { app, asOf } = await openReturning({ waits: { since: 40, value: 'bug', factor: 0.7 } }, 4)
  const { cycle } = await runCycle(app, { asOf })
  const own = (await listVerdicts(app.database, cycle.id)).filter(
    ({ hypothesis, isReplicate }) =>
      !isReplicate && ['cohort_retention', 'duration_changed'].includes(hypothesis.template),
  )
  expect(own.map(({ hypothesis }) => hypothesis.slice.length).sort()).toEqual([0, 0, 0, 1, 1, 1, 1, 1, 1])
  for (const one of own) await expectSameAlone(app, one)
})

test('nothing is told of those who began lately where nothing happened, though they had less time', async () => {
  for (const seed of [1, 2, 3]) {
    const { app, asOf } = await openReturning({}, seed)
    const { findings, cycle } = await runCycle(app, { asOf })
    expect(findings.map(({ headline }) => headline)).toEqual([])
    expect(cycle.nullReplicate.false).toBe(0)
  }
})

test('who began before the events were kept did not stay away', async () => {
  const { app, asOf } = await openReturning({ eventDays: 110 })
  const cohorts = (await draftCycle(app, asOf)).scans.find(({ reads }) => reads === 'cohorts')
  expect(cohorts?.text).toContain('joined_at in last 15 weeks')
  const { findings } = await runCycle(app, { asOf })
  expect(findings.filter(({ kind }) => kind === 'retention_shift')).toEqual([])
})
