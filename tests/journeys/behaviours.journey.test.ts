import { expect, test } from 'vitest'
import { addPeriods } from '../../src/base/periods.ts'
import { runExploration } from '../../src/engine/ask/run-exploration.ts'
import { draftCycle } from '../../src/engine/plan/plan-cycle.ts'
import { runCycle } from '../../src/engine/run-cycle.ts'
import { listVerdicts } from '../../src/store/verdicts.ts'
import { type BehaviourPlan, makeBehaviourCompany, type TrueUser } from './behaviour-company.ts'
import { expectProof, expectSameAlone } from './expect-proof.ts'
import { openWorkspace } from './open-workspace.ts'

const open = (plan: BehaviourPlan, seed = 1) => openWorkspace((url) => makeBehaviourCompany(seed, url, plan))

test('what goes with coming back is one finding behind all that happened, told once', async () => {
  const { app, asOf } = await open({ lostWithout: 0.35 })
  const { findings } = await runCycle(app, { asOf })
  const told = findings.filter(({ kind }) => kind === 'association')
  expect(told).toHaveLength(1)
  const [finding] = told
  expect(finding).toMatchObject({
    metric: 'user_return',
    metricLabel: 'User return',
    slice: [{ field: 'events.name', value: 'export_run' }],
    direction: 'up',
    good: undefined,
    from: null,
    state: 'new',
    rank: findings.length,
  })
  expect(finding!.headline).toMatch(
    /^User return goes with event Export run in the first 14 days: \d+% came back in days 15 to 45 against \d+% of those as active without it$/,
  )
  const { page } = await expectProof(app, finding!, { isOwnMeasure: true })
  expect(page).toContain('Goes with is not leads to')
  expect(page).not.toMatch(/siblings|whole history/)
  const { findings: after } = await runCycle(app, { asOf: addPeriods(asOf, 1, 'day') })
  expect(after.find(({ kind }) => kind === 'association')).toMatchObject({ key: finding!.key, state: 'ongoing' })
})

/** One user of each account: the first by its key that joined in time and did anything at first. */
function pickFirst(users: readonly TrueUser[]): readonly TrueUser[] {
  const seen = new Set<number>()
  return users.filter(({ account }) => !seen.has(account) && seen.add(account))
}

test('those compared are one of each account, and a hypothesis gives exactly the numbers of the shared scan when it is run alone', async () => {
  const { app, asOf, truth } = await open({}, 2)
  const { cycle } = await runCycle(app, { asOf })
  const own = (await listVerdicts(app.database, cycle.id)).filter(
    ({ hypothesis, isReplicate }) => !isReplicate && hypothesis.template === 'behaviour_with_return',
  )
  expect(own.length).toBeGreaterThanOrEqual(5)
  const { from, to } = (await draftCycle(app, asOf)).scans.find(({ reads }) => reads === 'behaviours')!
  const joined = truth.filter(
    ({ began, first }) => began >= Date.parse(from) && began < Date.parse(to) && first.length > 0,
  )
  const users = pickFirst(joined)
  for (const { hypothesis, ...verdict } of own) {
    await expectSameAlone(app, { hypothesis, ...verdict })
    const { rows } = await runExploration(app, hypothesis.text, { limits: { rowsMax: 50_000 } })
    const did = users.filter(({ first }) => first.includes(String(hypothesis.slice[0]!.value)))
    const counts = [rows.length, rows.filter(([one]) => one === 1).length]
    expect(counts).toEqual([users.length, did.length])
    expect(rows.filter(([one, back]) => one === 1 && back === 1)).toHaveLength(
      did.filter(({ cameBack }) => cameBack).length,
    )
  }
})

test('nothing is told where what users do decides nothing, however alike those of an account are', async () => {
  for (const [seed, plan] of [
    [3, { ofAccounts: 1 }],
    [4, { of: 'accounts' as const, ofAccounts: 1 }],
  ] as const) {
    const { app, asOf } = await open(plan, seed)
    const { findings } = await runCycle(app, { asOf })
    expect(findings.filter(({ kind }) => kind === 'association')).toEqual([])
  }
})
