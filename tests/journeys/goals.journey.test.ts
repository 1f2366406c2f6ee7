import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addPeriods } from '../../src/base/periods.ts'
import { checkWorkspace } from '../../src/cli/check-workspace.ts'
import { rerunFinding } from '../../src/engine/evidence/rerun-finding.ts'
import { runCycle } from '../../src/engine/run-cycle.ts'
import { listVerdicts } from '../../src/store/verdicts.ts'
import { expectProof, expectSameAlone } from './expect-proof.ts'
import { type GoalPlan, makeGoalCompany } from './goal-company.ts'
import { openWorkspace } from './open-workspace.ts'

const met: GoalPlan = { quarter: 1, month: 1, share: 1 }
const openGoals = (plan: Partial<GoalPlan>, seed = 1) =>
  openWorkspace((url) => makeGoalCompany(seed, url, { ...met, ...plan }))

test('a goal that will be missed is one finding, with its page, its picture and the same numbers again', async () => {
  const { app, asOf } = await openGoals({ quarter: 1.25 })
  const [before] = (await runCycle(app, { asOf: addPeriods(asOf, -1, 'day') })).findings
  const { findings } = await runCycle(app, { asOf })
  expect(findings.map(({ metric }) => metric)).toEqual(['new_mrr'])
  const [finding] = findings
  expect(finding).toMatchObject({
    kind: 'pace',
    slice: [],
    direction: 'down',
    good: false,
    from: '2026-07-01',
    to: '2026-10-01',
    goal: { period: 'quarter' },
    state: 'ongoing',
    key: before!.key,
  })
  expect(finding!.headline).toMatch(
    /^New MRR is on pace for \d\d% of the quarter’s goal: [\d.k]+ EUR against [\d.k]+ by 30 Sep 2026, [\d.k]+ so far$/,
  )
  expect(finding!.observed / finding!.goal!.value).toBeCloseTo(0.8, 1)
  const { evidence, page } = await expectProof(app, finding!)
  const known = evidence.series.filter(({ value }) => value !== null)
  expect([known.length, known.at(-1)!.value]).toEqual([51, Number(evidence.test.numbers.details.so_far)])
  expect(evidence.series.at(-1)).toMatchObject({ at: '2026-09-30', value: null })
  expect(evidence.series.at(-1)!.high! < finding!.expected).toBe(true)
  expect(page).toContain('On pace for')
})

test('a hypothesis about a goal gives exactly the numbers of the shared scan when it is run alone', async () => {
  const { app, asOf } = await openGoals({})
  const { cycle } = await runCycle(app, { asOf })
  const own = (await listVerdicts(app.database, cycle.id)).filter(({ hypothesis }) => hypothesis.detector === 'pace')
  const asked = own.filter(({ isReplicate }) => !isReplicate)
  expect(asked.map(({ hypothesis }) => hypothesis.statement)).toEqual([
    'new mrr will not come to its goal of the quarter',
    'deals will not come to its goal of the month',
    'win rate will not come to its goal of the quarter',
  ])
  for (const one of asked) await expectSameAlone(app, one)
  // a replicate of each, of a span as long
  expect(own.filter(({ isReplicate, status }) => isReplicate && status === 'tested')).toHaveLength(3)
})

test('nothing is told of goals that will be met, exactly or by far', async () => {
  for (const seed of [2, 3, 4]) {
    const { app, asOf } = await openGoals(seed === 4 ? { quarter: 0.5, month: 0.5, share: 0.5 } : {}, seed)
    expect((await runCycle(app, { asOf })).findings.map(({ headline }) => headline)).toEqual([])
  }
})

test('a goal that was to be missed and will be met is told', async () => {
  const { app, asOf } = await openGoals({ quarter: 0.8, perDay: 30, moved: { since: 20, factor: 2.5 } })
  const told = (await runCycle(app, { asOf })).findings.filter(({ kind }) => kind === 'pace')
  expect(told).toMatchObject([{ metric: 'new_mrr', direction: 'up', good: true }])
})

test('a team asks of a goal that it does not declare', async () => {
  const { app, asOf, folder } = await openWorkspace((url) => {
    const company = makeGoalCompany(5, url, met)
    mkdirSync(join(company.folder, 'hypotheses'))
    const write = (name: string, text: string) => writeFileSync(join(company.folder, 'hypotheses', name), text)
    write(
      'ads.hunch',
      '# Deals from ads\nfrom metric deals by day where source = "ads" and closed_on in last 300 days\nfill day with 0\ntest pace deals over day with goal = 900, period = "quarter"\n',
    )
    write('no-goal.hunch', 'from metric deals by day where closed_on in last 300 days\ntest pace deals over day\n')
    return company
  })
  const { findings } = await runCycle(app, { asOf })
  const [told] = findings.filter(({ metric }) => metric === 'ads')
  expect(told).toMatchObject({ kind: 'pace', origin: 'authored', good: false, goal: { value: 900, period: 'quarter' } })
  expect(told!.headline).toMatch(/^Deals from ads is on pace for \d\d% of the quarter’s goal: /)
  expect(await rerunFinding(app, told!.key)).toMatchObject({ holds: true })
  const checked = await checkWorkspace({
    configFile: join(folder, 'hunch.yaml'),
    files: [],
    isOnline: false,
    now: Date.now,
  })
  expect(checked.diagnostics.map(({ code, hint }) => [code, hint?.includes('test pace')])).toEqual([
    ['hypothesis-shape', true],
  ])
})
