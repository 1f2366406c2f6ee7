import { expect, test } from 'vitest'
import type { App } from '../../src/app.ts'
import { createDiagnostic, Rejection } from '../../src/base/diagnostic.ts'
import { Failure } from '../../src/base/failure.ts'
import { gatherEvidence } from '../../src/engine/evidence/gather-evidence.ts'
import { rerunFinding } from '../../src/engine/evidence/rerun-finding.ts'
import { planCycle } from '../../src/engine/plan/plan-cycle.ts'
import { runCycle } from '../../src/engine/run-cycle.ts'
import { runScan } from '../../src/engine/scan/run-scan.ts'
import { judgeCycle } from '../../src/engine/tell/judge-cycle.ts'
import type { Finding } from '../../src/findings/finding.ts'
import { findCycleRequest, insertCycleRequest } from '../../src/store/cycle-requests.ts'
import { findCycle, listCycles } from '../../src/store/cycles.ts'
import { findEvidence } from '../../src/store/evidence.ts'
import { listVerdicts } from '../../src/store/verdicts.ts'
import { openCompany } from './open-workspace.ts'

const withoutCycle = (findings: readonly Finding[]) => JSON.stringify(findings.map((one) => ({ ...one, cycleId: '' })))

test('a planted fall is found first, in its slice, once, with evidence that recomputes', async () => {
  const { app, asOf } = await openCompany({ adsLeft: 0.4 })
  const { cycle, findings, withheld } = await runCycle(app, { asOf })
  const first = findings[0]!
  expect(first).toMatchObject({
    rank: 1,
    kind: 'level_shift',
    metric: 'signups',
    slice: [{ field: 'source', value: 'ads' }],
    direction: 'down',
    to: null,
    state: 'new',
    good: false,
  })
  expect(first.from! >= '2026-09-08' && first.from! <= '2026-09-14').toBe(true)
  expect(first.change).toBeGreaterThan(-0.7)
  expect(first.change).toBeLessThan(-0.5)
  expect(first.headline).toMatch(
    /^Signups that came from ads fell \d\d%: [\d.]+ accounts a day against [\d.]+ expected, since \d+ Sep 2026$/,
  )
  expect(findings.filter(({ metric }) => metric === 'signups')).toHaveLength(1)
  expect(withheld).toEqual([])
  expect(cycle.tested).toBeGreaterThan(50)
  expect(cycle.nullReplicate.false).toBe(0)

  const evidence = await findEvidence(app.database, app.workspace, first.key, cycle.id)
  const { pValue, observed, expected, low, high, change, from, to } = first
  expect(evidence?.test.numbers).toMatchObject({ pValue, observed, expected, low, high, change, from, to })
  expect(evidence?.steps.map(({ text }) => text.split(' ')[0])).toEqual(['from', 'where', 'group', 'fill'])
  expect(evidence?.steps[0]?.rows.flat().some((cell) => String(cell).startsWith('Person'))).toBe(false)
  expect(evidence?.series.at(-1)?.at).toBe(asOf)

  const rerun = await rerunFinding(app, first.key)
  expect(rerun).toMatchObject({ holds: true, difference: 'exactly the same numbers' })
})

test('a finding whose rows cannot be tested any more has no evidence, and says why', async () => {
  const { app, asOf } = await openCompany({ adsLeft: 0.4 })
  const [first] = (await runCycle(app, { asOf })).findings
  const exploration = first!.exploration.replace(/in last \d+ days/, 'in last 3 days')
  const gathered = gatherEvidence(app, { ...first!, exploration })
  await expect(gathered).rejects.toBeInstanceOf(Failure)
  await expect(gathered).rejects.toThrow(/^the test cannot be run on today’s data: /)
})

test('where nothing happened nothing is told', async () => {
  const { app, asOf } = await openCompany({})
  const { findings, cycle } = await runCycle(app, { asOf })
  expect(findings).toEqual([])
  expect(cycle.tested).toBeGreaterThan(50)
})

test('days without any rows are withheld, not told as a fall', async () => {
  const { app, asOf } = await openCompany({ holes: [2, 3] })
  const { findings, withheld } = await runCycle(app, { asOf })
  expect(findings).toEqual([])
  expect(withheld).toEqual([{ what: 'account by created_at', why: 'has no rows at all from 2026-09-27 to 2026-09-28' }])
})

test('without a day given, the last complete day in the data is judged', async () => {
  const { app, asOf } = await openCompany({})
  const { cycle } = await runCycle({ ...app, now: () => Date.parse('2027-01-01T00:00:00Z') }, {})
  expect(cycle.asOf).toBe(asOf)
})

test('the same data, catalog, seed and day give the same findings to the byte, and a story keeps its key', async () => {
  const [one, other] = [await openCompany({ adsLeft: 0.4 }, 7), await openCompany({ adsLeft: 0.4 }, 7)]
  const first = await runCycle(one.app, { asOf: one.asOf })
  const second = await runCycle(other.app, { asOf: other.asOf })
  expect(first.findings.length).toBeGreaterThan(0)
  expect(withoutCycle(second.findings)).toBe(withoutCycle(first.findings))

  const again = await runCycle(one.app, { asOf: one.asOf })
  expect(again.cycle.id).not.toBe(first.cycle.id)
  expect(withoutCycle(again.findings)).toBe(withoutCycle(first.findings))

  const before = await runCycle(other.app, { asOf: '2026-09-29' })
  const after = await runCycle(other.app, { asOf: other.asOf })
  expect(after.findings[0]).toMatchObject({ key: before.findings[0]!.key, state: 'ongoing' })
})

test('a cycle in separate jobs, which share nothing but the store, finds the same', async () => {
  const { app, asOf } = await openCompany({ adsLeft: 0.4 })
  const whole = await runCycle(app, { asOf })
  const { cycleId, scans } = await planCycle(app, { asOf, trigger: 'schedule' })
  expect((await planCycle(app, { asOf, trigger: 'schedule' })).cycleId).toBe(cycleId)
  const open: number[] = []
  for (const scan of scans) open.push((await runScan(app, cycleId, scan)).openScans)
  expect(open).toEqual(scans.map((_, at) => scans.length - at - 1))
  expect(withoutCycle(await judgeCycle(app, cycleId))).toBe(withoutCycle(whole.findings))
})

test('each request has a cycle of its own on a day, and one only, whatever day it is planned on', async () => {
  const { app, asOf } = await openCompany({})
  const { database, workspace } = app
  for (const id of ['r1', 'r2']) await insertCycleRequest(database, { id, workspace, trigger: 'api', teams: [] })
  const plan = (request: string, day = asOf) => planCycle(app, { asOf: day, trigger: 'api', request })
  const [first, second] = [await plan('r1'), await plan('r2')]
  expect(second.cycleId).not.toBe(first.cycleId)
  expect(await findCycleRequest(database, 'r1')).toMatchObject({ state: 'planned', cycleId: first.cycleId })
  expect(await plan('r1', '2026-09-29')).toEqual(first)
  expect(await listCycles(database, workspace, 9)).toHaveLength(2)
})

test('planning a cycle that is done leaves it as it is', async () => {
  const { app, asOf } = await openCompany({})
  const { cycle } = await runCycle(app, { asOf })
  await app.database('scans').where({ cycleId: cycle.id }).delete()
  expect(await planCycle(app, { asOf, trigger: 'cli' })).toEqual({ cycleId: cycle.id, scans: [] })
  expect((await findCycle(app.database, cycle.id))?.state).toBe('done')
})

/** The company with a warehouse that answers a query by `refuse` where that throws; it gets the number of queries so far. */
const withRefusals = (app: App, refuse: (query: number) => void): App => {
  let queries = 0
  const query: App['warehouse']['query'] = async (...given) => {
    refuse(++queries)
    return app.warehouse.query(...given)
  }
  return { ...app, warehouse: { ...app.warehouse, query } }
}
/** Queries of the look at the one model and of its fingerprint, which come before those of the scans. */
const planQueries = 5

test('a scan that cannot be run as it is written is withheld, and the others are judged', async () => {
  const { app, asOf } = await openCompany({ adsLeft: 0.4 })
  const wrong = createDiagnostic({ code: 'unknown-field', message: 'there is no field `plan`' })
  const { withheld, cycle } = await runCycle(
    withRefusals(app, (query) => {
      if (query === planQueries + 1) throw new Rejection([wrong])
    }),
    { asOf },
  )
  expect(withheld).toEqual([{ what: expect.stringMatching(/^s00[012]-account/), why: 'there is no field `plan`' }])
  expect(cycle.tested).toBeGreaterThan(20)
})

test('a cycle of which no scan could be run has failed, and goes on where it stopped', async () => {
  const { app, asOf } = await openCompany({})
  const down = withRefusals(app, (query) => {
    if (query > planQueries) throw new Failure('the warehouse is down', { code: 'warehouse-down' })
  })
  await expect(runCycle(down, { asOf })).rejects.toThrow(/^none of the \d scans could be run: the warehouse is down$/)
  const [failed] = await listCycles(app.database, app.workspace, 9)
  expect(failed).toMatchObject({ state: 'failed', error: expect.stringMatching('the warehouse is down') })
  const { cycle, withheld } = await runCycle(app, { asOf })
  expect(cycle.id).toBe(failed?.id)
  expect(cycle.tested).toBeGreaterThan(50)
  expect(withheld.filter(({ what }) => !/tests? that held up/.test(what))).toEqual([])
})

test('a cycle that failed says why, can be run again, and ends once', async () => {
  const { app, asOf } = await openCompany({ adsLeft: 0.4 })
  let queries = 0
  const breaking = {
    ...app,
    warehouse: {
      ...app.warehouse,
      query: async (...given: Parameters<typeof app.warehouse.query>) => {
        if (++queries > planQueries) throw new Error('the line went dead')
        return app.warehouse.query(...given)
      },
    },
  }
  await expect(runCycle(breaking, { asOf })).rejects.toThrow('the line went dead')
  expect((await listCycles(app.database, app.workspace, 9)).map(({ state, error }) => [state, error])).toEqual([
    ['failed', 'the line went dead'],
  ])
  const { cycle, findings } = await runCycle(app, { asOf })
  const cycles = await listCycles(app.database, app.workspace, 9)
  expect(cycles.map(({ id, state }) => [id, state])).toEqual([[cycle.id, 'done']])
  expect(findings[0]?.slice).toEqual([{ field: 'source', value: 'ads' }])
  const verdicts = await listVerdicts(app.database, cycle.id)
  expect(
    new Set(verdicts.filter(({ isReplicate }) => !isReplicate).map(({ hypothesis }) => hypothesis.text)).size,
  ).toBe(cycle.tested + cycle.untestable)
})
