import { describe, expect } from 'vitest'
import { Failure } from '../base/failure.ts'
import { findCycleRequest } from '../store/cycle-requests.ts'
import { findCycle } from '../store/cycles.ts'
import { findScan } from '../store/scans.ts'
import { askQuestion } from './ask-question.ts'
import type { Journeys } from './journeys.ts'
import { recover } from './recover.ts'
import { awaitCycle } from './testing/await-cycle.ts'
import { backends, createQueueTest, eventually } from './testing/queue-test.ts'
import { createStoreJourneys, recipients, workspace } from './testing/store-journeys.ts'

describe.each(backends)('a cycle on %s', (kind) => {
  const test = createQueueTest(kind)

  test('a requested cycle is planned, scanned, judged, and mailed once to each recipient', async ({ world }) => {
    const { context, calls, work, request } = world
    await work()
    expect(await request('r1')).toBe(true)
    expect(await request('r1')).toBe(false)
    const done = await awaitCycle(context, 'r1')
    expect(done).toMatchObject({ state: 'done', cycleId: 'cycle-2026-09-30' })
    expect(calls.planned).toEqual(['cycle-2026-09-30'])
    expect([...calls.scanned].sort()).toEqual(['scan-0', 'scan-1', 'scan-2'])
    expect(calls.judged).toEqual(['cycle-2026-09-30'])
    await eventually(() => [...calls.mailed].sort()).toEqual(recipients)
  })

  test('a second request for a day that is judged already composes digests without judging again', async ({
    world,
  }) => {
    const { context, calls, work, request } = world
    await work()
    await request('r1')
    await awaitCycle(context, 'r1')
    await request('r2')
    expect(await awaitCycle(context, 'r2')).toMatchObject({ state: 'done', cycleId: 'cycle-2026-09-30' })
    expect(calls.judged).toHaveLength(1)
    await eventually(() => calls.mailed.length).toBe(2)
  })

  test('a scan that is given up is said in the store, and the cycle goes on without it', async ({ world }) => {
    const { database, context, journeys, calls, work, request } = world
    const runScan: Journeys['runScan'] = (engine, cycleId, scanId) =>
      scanId === 'scan-1'
        ? Promise.reject(new Failure('`scan-1` has too many rows', { code: 'scan-too-large' }))
        : journeys.runScan(engine, cycleId, scanId)
    await work({ journeys: { ...journeys, runScan } })
    await request('r1')
    await awaitCycle(context, 'r1')
    const scan = await findScan(database, 'cycle-2026-09-30', 'scan-1')
    expect(scan).toMatchObject({ state: 'failed', reason: '`scan-1` has too many rows' })
    expect(calls.judged).toHaveLength(1)
  })

  test('scans that the budget of seconds has no room for are given up, and the cycle goes on', async ({ world }) => {
    const { database, context, calls, work, request } = world
    Object.assign(context.engine, { budget: { ...context.engine.budget, seconds: 0 } })
    await work()
    await request('r1')
    expect(await awaitCycle(context, 'r1')).toMatchObject({ state: 'done' })
    const scan = await findScan(database, 'cycle-2026-09-30', 'scan-1')
    expect(scan).toMatchObject({ state: 'failed', reason: 'the budget of 0 seconds is used up' })
    expect(calls.scanned).toEqual([])
    expect(calls.judged).toHaveLength(1)
  })

  test('a cycle that cannot be judged fails, and so do the requests for it', async ({ world }) => {
    const { database, queues, context, journeys, work, request } = world
    const judgeCycle: Journeys['judgeCycle'] = () => Promise.reject(new Error('invariant: two findings have one key'))
    await work({ journeys: { ...journeys, judgeCycle } })
    await request('r1')
    expect(await awaitCycle(context, 'r1')).toMatchObject({
      state: 'failed',
      error: 'invariant: two findings have one key',
    })
    expect((await findCycle(database, 'cycle-2026-09-30'))?.state).toBe('failed')
    expect(await recover(database, workspace, queues)).toBe(0)
  })

  test('a request that failed can be made again', async ({ world }) => {
    const { context, journeys, work, request } = world
    let isBroken = true
    const planCycle: Journeys['planCycle'] = (engine, cycle) =>
      isBroken ? Promise.reject(new Failure('no table', { code: 'no-table' })) : journeys.planCycle(engine, cycle)
    await work({ journeys: { ...journeys, planCycle } })
    await request('r1')
    expect(await awaitCycle(context, 'r1')).toMatchObject({ state: 'failed', error: 'no table' })
    isBroken = false
    expect(await request('r1')).toBe(true)
    expect(await awaitCycle(context, 'r1')).toMatchObject({ state: 'done', error: undefined })
  })

  test('a cycle whose queue loses all jobs in the middle is found in the store, and ends once', async ({ world }) => {
    const { database, queues, context, journeys, calls, work, findQueue, request, answered, loseJobs } = world
    const scans: { go: () => void } = { go: () => undefined }
    const held = new Promise<void>((resolve) => {
      scans.go = resolve
    })
    const runScan: Journeys['runScan'] = async (engine, cycleId, scanId) => {
      await held
      return journeys.runScan(engine, cycleId, scanId)
    }
    const first = await work({ journeys: { ...journeys, runScan }, graceMs: 0 })
    await request('r1')
    await askQuestion(context, queues, { id: 'q1', question: 'how many?' })
    await eventually(async () => (await findCycleRequest(database, 'r1'))?.state).toBe('planned')
    await eventually(() => findQueue('hunch.warehouse').getActiveCount()).toBe(2)
    await loseJobs()
    await first.close()
    await work()
    expect(await awaitCycle(context, 'r1')).toMatchObject({ state: 'done' })
    await answered('q1').toBe('done')
    expect([...calls.scanned].sort()).toEqual(['scan-0', 'scan-1', 'scan-2'])
    expect(calls.judged).toHaveLength(1)
    await eventually(() => [...calls.mailed].sort()).toEqual(recipients)
    scans.go()
  })

  test('several workers share one cycle: each scan, the judgement and each mail happen once', async ({ world }) => {
    const { context, calls, work, openMore, request } = world
    for (let replica = 0; replica < 3; replica++)
      await work({ journeys: createStoreJourneys(calls, 24), recoverEveryMs: 50 }, await openMore())
    await request('r1')
    await awaitCycle(context, 'r1')
    expect(new Set(calls.scanned).size).toBe(24)
    expect(calls.judged).toHaveLength(1)
    await eventually(() => [...calls.mailed].sort()).toEqual(recipients)
  })
})
