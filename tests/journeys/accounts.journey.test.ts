import { expect, test } from 'vitest'
import { runCycle } from '../../src/engine/run-cycle.ts'
import { expectProof } from './expect-proof.ts'
import { makeLivelyCompany, type PlantedAccount } from './lively-company.ts'
import { openWorkspace } from './open-workspace.ts'

const openLively = (planted: readonly PlantedAccount[], seed = 1, shared?: { factor: number; since: number }) =>
  openWorkspace((url) => makeLivelyCompany(seed, url, planted, shared))

const planted: readonly PlantedAccount[] = [
  { account: 7, factor: 0, since: 17 },
  { account: 30, factor: 0, since: 14 },
  { account: 81, factor: 4, since: 14 },
]

test('accounts that went quiet and one that surged are one finding that names them, with evidence that recomputes', async () => {
  const { app, asOf } = await openLively(planted)
  const { findings } = await runCycle(app, { asOf })
  const [finding] = findings
  expect(findings).toHaveLength(1)
  expect(finding).toMatchObject({
    kind: 'account_change',
    metric: 'events',
    slice: [],
    by: ['account.id'],
    grain: 'week',
  })
  const { evidence } = await expectProof(app, finding!)
  expect((evidence.test.numbers.named ?? []).map(({ label }) => label).sort()).toEqual([
    'Company 30',
    'Company 7',
    'Company 81',
  ])
  expect(evidence.series).toHaveLength(40)
})

test('nothing is told of accounts where nothing happened', async () => {
  for (const seed of [1, 2]) {
    const { app, asOf } = await openLively([], seed)
    const { findings } = await runCycle(app, { asOf })
    expect(findings.map(({ headline }) => headline)).toEqual([])
  }
})

test('accounts that fall because all do are not told', async () => {
  const { app, asOf } = await openLively([], 3, { factor: 0.4, since: 14 })
  const { findings } = await runCycle(app, { asOf })
  expect(findings.map(({ kind, slice }) => ({ kind, slice }))).toEqual([{ kind: 'level_shift', slice: [] }])
})
