import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../tests/support/test-database.ts'
import { pickSubject } from '../findings/tell/hear-feedback.ts'
import { insertCycle, updateCycle } from './cycles.ts'
import type { Database } from './database.ts'
import { insertFeedback, undoFeedback } from './feedback.ts'
import { failScan, finishScan, insertScans } from './scans.ts'
import { createCycle, createFinding, createScan } from './testing/rows.ts'
import { readPlanHistory, saveTrials } from './trials.ts'

let store: TestDatabase
beforeAll(async () => {
  store = await openTestDatabase()
})
afterAll(() => store.drop())

const cell = { template: 'slice_moved', model: 'account', metric: 'signups', fields: '["source"]' }
const done = { verdicts: [], queries: 1, series: 4, warehouseMs: 30, detectMs: 12 }

async function pass(database: Database, id: string, asOf: string, told: number): Promise<void> {
  await insertCycle(database, createCycle(id, asOf))
  await insertScans(database, id, [
    createScan('asked'),
    { ...createScan('given-up'), dimensions: ['plan'] },
    { ...createScan('refused'), dimensions: ['country'] },
  ])
  await finishScan(database, id, 'asked', done)
  await failScan(database, id, 'given-up', 'the budget of 600 seconds is used up')
  await failScan(database, id, 'refused', 'the warehouse took too long')
  await saveTrials(database, { id, workspace: 'acme', asOf }, [{ ...cell, tested: 12, told }])
  await updateCycle(database, id, { state: 'done' })
}

test('a plan knows what the cycles of earlier days asked, what came of it, and how long it took', async () => {
  const { database } = store
  await pass(database, 'c1', '2026-09-28', 1)
  await pass(database, 'c2', '2026-09-29', 0)
  await saveTrials(database, { id: 'c2', workspace: 'acme', asOf: '2026-09-29' }, [{ ...cell, tested: 12, told: 2 }])
  await insertCycle(database, createCycle('today', '2026-09-30'))

  const history = await readPlanHistory(database, 'acme', '2026-09-30')
  expect(history.trials).toEqual([{ ...cell, cycles: 2, told: 2 }])
  const scan = { model: 'account', time: 'created_at' }
  expect(history.asked).toEqual([
    { ...scan, dimensions: ['country'], cyclesAgo: 1, ms: undefined },
    { ...scan, dimensions: ['source'], cyclesAgo: 1, ms: 42 },
  ])
  // a day that is replayed knows only of those before it
  expect((await readPlanHistory(database, 'acme', '2026-09-29')).trials).toEqual([{ ...cell, cycles: 1, told: 1 }])
  expect(await readPlanHistory(database, 'acme', '2026-09-28')).toEqual({ trials: [], asked: [], votes: [] })
  expect((await readPlanHistory(database, 'other', '2026-09-30')).asked).toEqual([])
})

test('what readers said counts until they take it back', async () => {
  const { database } = store
  const slice = [
    { field: 'source', value: 'ads' },
    { field: 'plan', value: 'pro' },
  ]
  const subject = pickSubject(createFinding('a', 'told', 1, { slice, model: 'account' }))
  const say = (label: string) =>
    insertFeedback(database, { workspace: 'acme', findingKey: 'a', label, by: 'ann', about: subject })
  await say('useful')
  await say('expected')
  const mute = await say('mute')
  const about = { kind: 'level_shift', model: 'account', metric: 'signups', fields: '["plan","source"]' }
  expect((await readPlanHistory(database, 'acme', '2026-09-30')).votes).toEqual([{ ...about, votes: -1 }])
  await undoFeedback(database, 'acme', mute.id)
  expect((await readPlanHistory(database, 'acme', '2026-09-30')).votes).toEqual([{ ...about, votes: 1 }])
})
