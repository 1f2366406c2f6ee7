import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../tests/support/test-database.ts'
import type { EngineContext } from '../engine/context.ts'
import { listOpenCycleRequests } from '../store/cycle-requests.ts'
import { claimTick, findLastTick } from '../store/ticks.ts'
import { openQueues, type Queues } from './queue.ts'
import { listSchedules, runTick, startSchedules } from './schedules.ts'
import { createContext, workspace } from './testing/store-journeys.ts'

let store: TestDatabase
let queues: Queues
beforeAll(async () => {
  store = await openTestDatabase()
  queues = await openQueues({ postgresUrl: store.url })
})
afterAll(async () => {
  await queues.close()
  await store.drop()
})
const closings: (() => Promise<void>)[] = []
beforeEach(() => store.database.raw('truncate cycle_requests, ticks cascade'))
afterEach(async () => {
  for (const close of closings.splice(0)) await close()
})

const daily = { expression: '0 8 * * *', teams: ['growth'] }
const tallinn = { timezone: 'Europe/Tallinn', weekStarts: 1, fiscalYearStarts: 1 }
/** 2026-10-01 is a Thursday; 08:00 in Tallinn is 05:00 UTC. */
const contextAt = (now: string, more: Partial<EngineContext> = {}): EngineContext => ({
  ...createContext(store.database),
  calendar: tallinn,
  now: () => Date.parse(now),
  ...more,
})
const start = async (context: EngineContext) => {
  const schedules = await startSchedules(context, queues)
  closings.push(schedules.close)
}
const listRequests = () => listOpenCycleRequests(store.database, workspace)

test('teams whose digests go out at the same times share a schedule', () => {
  const team = (name: string, digest: string) => ({ name, digest, members: [], follows: [] })
  expect(listSchedules([team('a', '0 8 * * *'), team('b', '0 9 * * *'), team('c', ' 0  8 * * * ')])).toEqual([
    { expression: '0 8 * * *', teams: ['a', 'c'] },
    { expression: '0 9 * * *', teams: ['b'] },
  ])
})

test('of replicas that see one tick exactly one asks for the cycle', async () => {
  const context = contextAt('2026-10-01T05:00:00Z')
  const at = new Date('2026-10-01T05:00:00.250Z')
  const ours = await Promise.all(Array.from({ length: 6 }, () => runTick(context, queues, daily, at)))
  expect(ours.filter(Boolean)).toHaveLength(1)
  const [request, ...others] = await listRequests()
  expect(request).toMatchObject({ trigger: '0 8 * * *', teams: ['growth'], state: 'waiting' })
  expect(request?.id).toMatch(/^digest-[0-9a-f]{8}-2026-10-01T0500$/)
  expect(others).toEqual([])
  const queue = queues.list.find(({ name }) => name === 'hunch.planning')
  expect(await queue?.getJob(`plan-cycle~${request?.id}`)).toMatchObject({ data: { workspace, request: request?.id } })
})

test('on the very first start nothing was missed', async () => {
  await start(contextAt('2026-10-01T09:00:00Z'))
  expect(await listRequests()).toEqual([])
  expect(await findLastTick(store.database, workspace, '0 8 * * *')).toEqual(new Date('2026-10-01T09:00:00.001Z'))
})

test('of ticks that were missed the latest is caught up, once, in the zone of the workspace', async () => {
  await claimTick(store.database, workspace, '0 8 * * *', new Date('2026-09-27T05:00:00Z'))
  await Promise.all([start(contextAt('2026-10-01T04:59:00Z')), start(contextAt('2026-10-01T04:59:00Z'))])
  expect((await listRequests()).map(({ id }) => id.slice(-15))).toEqual(['2026-09-30T0500'])
  await start(contextAt('2026-10-01T04:59:30Z'))
  expect(await listRequests()).toHaveLength(1)
})

test('a start in the minute of a tick that was done does not do it again', async () => {
  await claimTick(store.database, workspace, '0 8 * * *', new Date('2026-10-01T05:00:00Z'))
  await start(contextAt('2026-10-01T05:00:40Z'))
  expect(await listRequests()).toEqual([])
})

test('a running schedule ticks by itself', async () => {
  const team = { name: 'growth', digest: '* * * * * *', members: [], follows: [] }
  await start(contextAt('2026-10-01T05:00:40Z', { teams: [team] }))
  await expect.poll(async () => (await listRequests()).length, { timeout: 5_000 }).toBe(1)
})

test('schedules of two workspaces in one store do not get into each other’s way', async () => {
  const at = new Date('2026-10-01T05:00:00Z')
  expect(await runTick(contextAt('2026-10-01T05:00:00Z'), queues, daily, at)).toBe(true)
  expect(await runTick(contextAt('2026-10-01T05:00:00Z', { workspace: 'other' }), queues, daily, at)).toBe(true)
})
