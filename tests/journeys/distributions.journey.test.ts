import { expect, test } from 'vitest'
import { addPeriods } from '../../src/base/periods.ts'
import { runCycle } from '../../src/engine/run-cycle.ts'
import { listVerdicts } from '../../src/store/verdicts.ts'
import { expectProof, expectSameAlone } from './expect-proof.ts'
import { openWorkspace } from './open-workspace.ts'
import { makeOrderCompany, type OrderPlan } from './order-company.ts'

/** With it amounts that are spread twice as wide by their logarithms have the mean that they had: nothing moves. */
const sameMean = Math.exp((0.5 ** 2 - 1) / 2)

const openOrders = (plan: OrderPlan, seed = 1) => openWorkspace((url) => makeOrderCompany(seed, url, plan))

test('values that spread out are one finding, with its page, its picture and the same numbers again', async () => {
  const { app, asOf } = await openOrders({ spread: 2, factor: sameMean })
  const before = (await runCycle(app, { asOf: addPeriods(asOf, -1, 'day') })).findings
  const { findings } = await runCycle(app, { asOf })
  const finding = findings.find(({ kind }) => kind === 'drift')!
  expect(finding).toMatchObject({
    model: 'order',
    metric: 'amount_values',
    measure: 'amount',
    direction: 'up',
    from: '2026-07-24',
    to: null,
    state: 'ongoing',
    key: before.find(({ kind }) => kind === 'drift')!.key,
  })
  expect(finding.headline).toMatch(
    /^Order, amount: more small and more large ones, the middle (half|four fifths) is [\d.]+ to [\d.]+ against [\d.]+ to [\d.]+ before, the median [\d.]+ EUR against [\d.]+, since 24 Jul 2026$/,
  )
  expect(finding.observed / finding.expected).toBeGreaterThan(1.3)
  const { evidence } = await expectProof(app, finding)
  expect(evidence.series.length).toBeGreaterThan(24)
})

test('a hypothesis about values gives exactly the numbers of the shared scan when it is run alone', async () => {
  const { app, asOf } = await openOrders({}, 2)
  const { cycle, findings } = await runCycle(app, { asOf })
  expect(findings.map(({ headline }) => headline)).toEqual([])
  const own = (await listVerdicts(app.database, cycle.id)).filter(({ hypothesis }) => hypothesis.detector === 'drift')
  const asked = own.filter(({ isReplicate }) => !isReplicate)
  expect(asked.map(({ hypothesis }) => hypothesis.statement)).toEqual([
    'the values of order, amount changed their shape in the last 28 days',
  ])
  expect(asked.map(({ status }) => status)).toEqual(asked.map(() => 'tested'))
  for (const one of asked) await expectSameAlone(app, one)
  expect(own.filter(({ isReplicate, status }) => isReplicate && status === 'tested')).toHaveLength(1)
})

test('nothing is told of the shape of values that all became larger, or whose weeks differ', async () => {
  for (const plan of [{ factor: 1.5 }, { ofWeeks: 0.2 }]) {
    const { app, asOf } = await openOrders(plan, 3)
    const told = (await runCycle(app, { asOf })).findings.filter(({ kind }) => kind === 'drift')
    expect(told.map(({ headline }) => headline)).toEqual([])
  }
})
