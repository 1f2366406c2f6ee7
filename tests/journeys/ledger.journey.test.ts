import { expect, test } from 'vitest'
import type { App } from '../../src/app.ts'
import { runCycle } from '../../src/engine/run-cycle.ts'
import { judgeCycle } from '../../src/engine/tell/judge-cycle.ts'
import { insertCycle } from '../../src/store/cycles.ts'
import { saveLedgerEntry } from '../../src/store/ledger.ts'
import { createCycle } from '../../src/store/testing/rows.ts'
import { openCompany } from './open-workspace.ts'

const readLedger = ({ database }: App): Promise<{ cycleId: string; level: number; discoveries: number }[]> =>
  database('ledger')
    .join('cycles', { 'cycles.id': 'ledger.cycleId' })
    .orderBy('cycles.createdAt')
    .select('cycleId', 'level', 'discoveries')

test('a second cycle of the day on the same data tells the same and spends nothing', async () => {
  const { app, asOf } = await openCompany({ adsLeft: 0.4 })
  const first = await runCycle(app, { asOf })
  expect(first.cycle.ledger).toMatchObject({ level: 0.025, discoveries: first.findings.length, repeated: 0 })
  const second = await runCycle(app, { asOf })
  expect(second.findings.map(({ key, qValue, state }) => ({ key, qValue, state }))).toEqual(
    first.findings.map(({ key, qValue, state }) => ({ key, qValue, state })),
  )
  expect(second.cycle.ledger).toMatchObject({ discoveries: 0, repeated: second.cycle.tested })
  const entries = await readLedger(app)
  expect(entries).toMatchObject([{ level: 0.025 }, { level: 0, discoveries: 0 }])
  await judgeCycle(app, first.cycle.id)
  expect(await readLedger(app)).toEqual(entries)
})

test('the next day pays only for what is new, and judging again pays once', async () => {
  const { app, asOf } = await openCompany({ adsLeft: 0.4 })
  const before = await runCycle(app, { asOf: '2026-09-29' })
  expect(before.findings[0]).toMatchObject({ metric: 'signups', state: 'new' })
  const after = await runCycle(app, { asOf })
  expect(after.findings[0]).toMatchObject({ key: before.findings[0]!.key, state: 'ongoing' })
  expect(after.cycle.ledger!.level).toBeLessThan(0.025)
  const once = await readLedger(app)
  await judgeCycle(app, after.cycle.id)
  expect(await readLedger(app)).toEqual(once)
})

test('a detector that its replicates caught is held to a lower level until the bad days are forgotten', async () => {
  const { app, asOf } = await openCompany({ adsLeft: 0.4 })
  const { workspace, database } = app
  await insertCycle(database, { ...createCycle('bad', '2026-08-20', workspace), state: 'done' })
  const replicates = { level_shift: { tested: 2000, far: 40 } }
  const spending = { asOf: '2026-08-20', level: 0, discoveries: 0, discoveriesMax: 1 }
  await saveLedgerEntry(database, { cycleId: 'bad', workspace, ...spending, replicates })
  const during = await runCycle(app, { asOf: '2026-09-16' })
  expect(during.cycle.ledger!.tightened).toMatchObject([{ detector: 'level_shift', far: 40 }])
  expect(during.cycle.ledger!.tightened[0]!.times).toBeGreaterThan(10)
  const after = await runCycle(app, { asOf })
  expect(after.cycle.ledger!.tightened).toEqual([])
})
