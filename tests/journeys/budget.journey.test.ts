import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openApp } from '../../src/app.ts'
import { draftCycle } from '../../src/engine/plan/plan-cycle.ts'
import { runCycle } from '../../src/engine/run-cycle.ts'
import { listScans } from '../../src/store/scans.ts'
import { openTestDatabase } from '../support/test-database.ts'
import { makeSmallCompany } from './small-company.ts'

const store = await openTestDatabase()
const { folder } = makeSmallCompany(3, store.url, { adsLeft: 0.4 })
const configFile = join(folder, 'hunch.yaml')
const config = readFileSync(configFile, 'utf8')
afterAll(async () => {
  await store.drop()
  rmSync(folder, { recursive: true })
})

test('what a tight budget left out is said, and asked in the cycles that follow', async () => {
  writeFileSync(configFile, config.replace('shown: 5', 'shown: 5, budget: { hypotheses: 80 }'))
  const app = await openApp({ configFile })
  try {
    const asked: string[][] = []
    for (const asOf of ['2026-09-24', '2026-09-25', '2026-09-26', '2026-09-27']) {
      const { cycle, withheld } = await runCycle(app, { asOf })
      const scans = await listScans(app.database, cycle.id)
      asked.push(scans.flatMap(({ dimensions, reads }) => (reads ? [] : [dimensions.join('+')])))
      expect(withheld).toContainEqual({
        what: 'account by source and plan',
        why: 'asks 124 beside each of its fields, more than the budget of 80 hypotheses',
      })
      expect(
        withheld.filter(({ why }) => why === 'the budget of 80 hypotheses is used up (`engine.budget.hypotheses`)'),
      ).toHaveLength(1)
    }
    // the first takes what comes first; each next one what waited
    expect(asked).toEqual([
      ['', 'source'],
      ['', 'plan'],
      ['', 'source'],
      ['', 'plan'],
    ])

    const plan = await draftCycle(app, '2026-09-28')
    // how long the shapes of values take is not known before they are asked of
    const measured = plan.scans.filter(({ reads }) => !reads).length
    expect(plan.cost).toMatchObject({ queries: plan.scans.length, measured })
    expect(plan.cost.seconds).toBeGreaterThan(0)
    const { bytes = 0 } = plan.cost
    const least = await draftCycle(
      { ...app, engine: { ...app.engine, budget: { ...app.engine.budget, bytes: 1 } } },
      '2026-09-28',
    )
    expect(bytes).toBeGreaterThan(0)
    expect(least.cost.bytes).toBe(0)
    // the same data, catalog, seed and day give the same plan
    expect((await draftCycle(app, '2026-09-28')).scans).toEqual(plan.scans)
  } finally {
    await app.close()
  }
})
