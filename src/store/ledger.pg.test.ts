import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../tests/support/test-database.ts'
import { findCycle, insertCycle, updateCycle } from './cycles.ts'
import { inTransaction } from './database.ts'
import { listLedger, listRepeated, lockLedger, saveLedgerEntry } from './ledger.ts'
import { finishScan, insertScans } from './scans.ts'
import { createCycle, createScan, createVerdict } from './testing/rows.ts'

let store: TestDatabase
beforeAll(async () => {
  store = await openTestDatabase()
})
afterAll(() => store.drop())

const entryOf = (cycleId: string, asOf: string, workspace = 'acme') => {
  const replicates = { outlier: { tested: 100, far: 1 } }
  return { cycleId, workspace, asOf, level: 0.0125, discoveries: 2, discoveriesMax: 3, replicates }
}

test('entries are listed newest first, up to a day, without the cycle that asks, and replaced when written again', async () => {
  const { database } = store
  const days = [
    ['c1', '2026-09-28'],
    ['c2', '2026-09-30'],
    ['c3', '2026-09-30'],
    ['c4', '2026-10-01'],
  ] as const
  for (const [id, asOf] of days) {
    await insertCycle(database, createCycle(id, asOf))
    await saveLedgerEntry(database, entryOf(id, asOf))
  }
  await insertCycle(database, createCycle('other', '2026-09-30', 'other'))
  await saveLedgerEntry(database, entryOf('other', '2026-09-30', 'other'))
  await saveLedgerEntry(database, { ...entryOf('c2', '2026-09-30'), level: 0 })
  await updateCycle(database, 'c1', { state: 'done' })
  const told = { ...entryOf('c1', '2026-09-28'), isTold: true }
  const open = { ...entryOf('c2', '2026-09-30'), level: 0, isTold: false }
  const asked = (await findCycle(database, 'c3'))!
  expect(await listLedger(database, asked)).toEqual([open, told])
  await updateCycle(database, 'c2', { state: 'done' })
  const later = new Date(Date.parse(asked.createdAt) + 1000).toISOString()
  expect(await listLedger(database, { ...asked, createdAt: later })).toEqual([{ ...open, isTold: true }, told])
  const sooner = new Date(Date.parse(asked.createdAt) - 1000).toISOString()
  expect(await listLedger(database, { ...asked, createdAt: sooner })).toEqual([open, told])
})

test('who takes a level waits for the one before', async () => {
  const { database } = store
  const order: string[] = []
  let release: (() => void) | undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  let locked: (() => void) | undefined
  const isLocked = new Promise<void>((resolve) => {
    locked = resolve
  })
  const first = inTransaction(database, async (transaction) => {
    await lockLedger(transaction, 'acme')
    locked!()
    await held
    order.push('first')
  })
  await isLocked
  const second = inTransaction(database, async (transaction) => {
    await lockLedger(transaction, 'acme')
    order.push('second')
  })
  await inTransaction(database, (transaction) => lockLedger(transaction, 'another'))
  release!()
  await Promise.all([first, second])
  expect(order).toEqual(['first', 'second'])
})

test('a test is repeated when it gave exactly the same numbers; replicates are none', async () => {
  const { database } = store
  const verdict = (at: number, pValue?: number) => {
    const one = createVerdict('s1', at)
    return one.status === 'tested' && pValue !== undefined ? { ...one, numbers: { ...one.numbers, pValue } } : one
  }
  const cost = { queries: 1, series: 2, warehouseMs: 1, detectMs: 1 }
  const cycles = {
    old: [verdict(1), verdict(2), verdict(3), { ...verdict(4), isReplicate: true as const }],
    young: [verdict(1), verdict(2, 1e-3), verdict(4), verdict(5)],
  }
  for (const [id, verdicts] of Object.entries(cycles)) {
    await insertCycle(database, createCycle(id, '2026-09-30', 'repeats'))
    await insertScans(database, id, [createScan('s1')])
    await finishScan(database, id, 's1', { verdicts, ...cost })
  }
  expect(await listRepeated(database, 'young', 'old')).toEqual(['s1-1'])
})
