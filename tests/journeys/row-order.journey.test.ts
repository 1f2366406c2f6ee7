import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCycle } from '../../src/engine/run-cycle.ts'
import { listVerdicts } from '../../src/store/verdicts.ts'
import { makeBusyCompany, type PlantedRows } from './busy-company.ts'
import { openWorkspace } from './open-workspace.ts'
import { shuffleRows } from './shuffle-rows.ts'
import { makeSmallTable } from './small-table.ts'

/** For three weeks little of what ads brought before; and editing takes longer, in seconds of so many digits that their sums depend on order. */
const edit: PlantedRows['edit'] = (row, chance) => {
  const { table, ago, values } = row
  if (ago > 20) return [row]
  if (table === 'accounts') return values.source === 'ads' && chance < 0.7 ? [] : [row]
  const seconds = Number(values.seconds) * (values.kind === 'edit' ? 1.6 : 1)
  return table === 'events' ? [{ ...row, values: { ...values, seconds } }] : [row]
}

/** A workspace as `hunch init` makes it of one small file. */
function makeTable(storeUrl: string) {
  const folder = makeSmallTable(1, { hrCosts: 2, daysPerThousand: 3, travelInSpring: 3 })
  const init = ['init', `files:${join(folder, 'data')}`, '--yes', '--output', folder]
  expect(spawnSync(process.execPath, ['src/cli/main.ts', ...init], { encoding: 'utf8' }).status).toBe(0)
  const config = join(folder, 'hunch.yaml')
  writeFileSync(config, readFileSync(config, 'utf8').replace(/\$\{HUNCH_DATABASE_URL\}/g, storeUrl))
  return { folder, asOf: '2026-08-31' }
}

type Make = Parameters<typeof openWorkspace<ReturnType<typeof makeBusyCompany>>>[0]

async function tell(make: Make) {
  const { app, asOf } = await openWorkspace(make)
  const { cycle, findings } = await runCycle(app, { asOf })
  const verdicts = (await listVerdicts(app.database, cycle.id)).map((one) => JSON.stringify(one))
  return {
    count: findings.length,
    told: JSON.stringify(findings.map((one) => ({ ...one, cycleId: '' }))),
    verdicts: verdicts.sort(),
  }
}

async function expectSame(make: Make) {
  const first = await tell(make)
  expect(first.count).toBeGreaterThan(1)
  for (const seed of [1, 2]) {
    const again = await tell((url) => shuffleRows(make(url), seed))
    expect(again.told).toBe(first.told)
    expect(again.verdicts).toEqual(first.verdicts)
  }
}

test('the order of rows in the warehouse changes no byte of what is found and tested', () =>
  expectSame((url) => makeBusyCompany(1, url, { edit })))

test('nor does it in a small table that is looked at as a whole', () => expectSame(makeTable))
