import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rerunFinding } from '../../src/engine/evidence/rerun-finding.ts'
import { draftCycle } from '../../src/engine/plan/plan-cycle.ts'
import { runCycle } from '../../src/engine/run-cycle.ts'
import { listVerdicts } from '../../src/store/verdicts.ts'
import { expectProof, expectSameAlone } from './expect-proof.ts'
import { type FunnelPlan, makeFunnelCompany, recentSince } from './funnel-company.ts'
import { openWorkspace } from './open-workspace.ts'

const openFunnel = (plan: FunnelPlan, seed = 1) => openWorkspace((url) => makeFunnelCompany(seed, url, plan))

test('those who joined lately and go on less often are one finding, at their step and value', async () => {
  const { app, asOf } = await openFunnel({ shifted: { since: 42, plan: 'pro', factor: 0.5 } })
  const { findings } = await runCycle(app, { asOf })
  const told = findings.filter(({ kind }) => kind === 'funnel_shift')
  expect(told).toHaveLength(1)
  const [finding] = told
  expect(finding).toMatchObject({
    metric: 'activation_2_large_report',
    metricLabel: 'Activation, Project created to Large report',
    slice: [{ field: 'plan', value: 'pro' }],
    direction: 'down',
    good: false,
    from: recentSince,
  })
  expect(finding!.headline).toMatch(
    /^Activation, Project created to Large report with plan pro: \d+% of those who came so far went on within 14 days against \d+% before, since 20 Aug 2026$/,
  )
  const { evidence } = await expectProof(app, finding!, { isOwnMeasure: true })
  expect(evidence.series.length).toBeGreaterThan(30)
})

test('steps count who truly took them, and a hypothesis gives exactly the numbers of the shared scan when it is run alone', async () => {
  const { app, asOf, truth } = await openFunnel({}, 2)
  const { cycle } = await runCycle(app, { asOf })
  const own = (await listVerdicts(app.database, cycle.id)).filter(
    ({ hypothesis, isReplicate }) => !isReplicate && hypothesis.template === 'funnel_step_shifted',
  )
  // two steps, whole and by two plans, four and eight weeks
  expect(own).toHaveLength(12)
  const { from, to } = (await draftCycle(app, asOf)).scans.find(({ reads }) => reads === 'funnel')!
  for (const { hypothesis, ...verdict } of own) {
    const plan = hypothesis.slice[0]?.value
    const stage = Number(hypothesis.metric.split('_')[1])
    const joined = truth.filter((one) => one.day >= from && one.day < to && one.plan === (plan ?? one.plan))
    const { details } = verdict.status === 'tested' ? verdict.numbers : { details: {} as Record<string, number> }
    const sum = (name: string) => Number(details[`${name}_first`]) + Number(details[`${name}_second`])
    const counts = [stage - 1, stage].map((least) => joined.filter(({ reached }) => reached >= least).length)
    expect([sum('entered'), sum('converted')]).toEqual(counts)
  }
  for (const one of own) await expectSameAlone(app, one)
})

test('nothing is told of those who joined lately where nothing happened, though they had less time', async () => {
  for (const [seed, plan] of [
    [3, {}],
    [4, { ofAccounts: 1 }],
    [5, { ofWeeks: 0.1 }],
  ] as const) {
    const { app, asOf } = await openFunnel(plan, seed)
    const { findings, cycle } = await runCycle(app, { asOf })
    expect(findings.map(({ headline }) => headline)).toEqual([])
    expect(cycle.nullReplicate.false).toBe(0)
  }
})

test('a team asks of a step that it does not declare', async () => {
  const { app, asOf } = await openWorkspace((url) => {
    const company = makeFunnelCompany(6, url, { shifted: { since: 40, factor: 0.4 } })
    mkdirSync(join(company.folder, 'hypotheses'))
    writeFileSync(
      join(company.folder, 'hypotheses', 'large.hunch'),
      '# Large reports in the first ten days\nfrom user\nwhere joined_at in last 250 days\nadd went_on = if(any(events where name = "report_created" and size > 10 and seen_at < this.joined_at + 10 days), 1, 0)\nshow day(joined_at) as began, went_on, account.id as account\ntest funnel_shift went_on over began by account with recent = 21, window = 10\n',
    )
    return company
  })
  const { findings } = await runCycle(app, { asOf })
  const [told] = findings.filter(({ metric }) => metric === 'large')
  expect(told).toMatchObject({ kind: 'funnel_shift', origin: 'authored', direction: 'down', from: '2026-08-31' })
  expect(await rerunFinding(app, told!.key)).toMatchObject({ holds: true })
})
