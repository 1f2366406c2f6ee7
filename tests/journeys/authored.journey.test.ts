import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openApp, openPlanApp } from '../../src/app.ts'
import { checkWorkspace } from '../../src/cli/check-workspace.ts'
import { rerunFinding } from '../../src/engine/evidence/rerun-finding.ts'
import { draftCycle } from '../../src/engine/plan/plan-cycle.ts'
import { runCycle } from '../../src/engine/run-cycle.ts'
import { findEvidence } from '../../src/store/evidence.ts'
import { openTestDatabase } from '../support/test-database.ts'
import { makeSmallCompany } from './small-company.ts'

const store = await openTestDatabase()
const { folder, asOf } = makeSmallCompany(1, store.url, { adsLeft: 0.4 })
const configFile = join(folder, 'hunch.yaml')
mkdirSync(join(folder, 'hypotheses'))
const write = (name: string, text: string) => writeFileSync(join(folder, 'hypotheses', name), text)

write(
  'free-from-ads.hunch',
  '# Free accounts that ads brought\nfrom metric signups by day where source = "ads" and plan = "free" and created_at in last 200 days\nfill day with 0\ntest level_shift signups over day\n',
)
write(
  'calm.hunch',
  '# Accounts that partners brought\nfrom account\nwhere source = "partner" and created_at in last 200 days\ngroup by day(created_at): partners = count()\nfill day with 0\ntest level_shift partners over day\n',
)
write('broken.hunch', 'from metric signups by day\n')

afterAll(async () => {
  await store.drop()
  rmSync(folder, { recursive: true })
})

test('a question of the team is asked in each cycle, told with its evidence, and asked again', async () => {
  const app = await openApp({ configFile })
  try {
    const { findings, withheld, cycle } = await runCycle(app, { asOf })
    const told = findings.filter(({ metric }) => metric === 'free-from-ads')
    expect(told).toHaveLength(1)
    expect(told[0]).toMatchObject({
      kind: 'level_shift',
      direction: 'down',
      measure: 'count()',
      slice: [],
      good: false,
    })
    expect(told[0]!.headline).toMatch(/^Free accounts that ads brought fell \d\d%/)
    expect(findings.filter(({ metric }) => metric === 'calm')).toEqual([])
    expect(withheld.find(({ what }) => what === 'broken.hunch')?.why).toMatch(
      /^is left out: a hypothesis ends in a test/,
    )
    // the finding of the engine's own keeps its place
    expect(findings.some(({ metric, slice }) => metric === 'signups' && slice.length === 1)).toBe(true)

    const rerun = await rerunFinding(app, told[0]!.key)
    expect(rerun).toMatchObject({ holds: true })
    expect(rerun.after).toEqual((await findEvidence(app.database, app.workspace, told[0]!.key, cycle.id))?.test.numbers)
  } finally {
    await app.close()
  }
})

test('`hunch check` looks at them without being told to', async () => {
  const { diagnostics, files } = await checkWorkspace({ configFile, files: [], isOnline: false, now: Date.now })
  expect(files).toBe(3)
  expect(diagnostics.map(({ code, source }) => [code, source?.name.split('/').at(-1)])).toEqual([
    ['hypothesis-untested', 'broken.hunch'],
  ])
})

test('a dry run asks them, too, where there is no store yet, and makes none', async () => {
  const alone = join(folder, 'alone.yaml')
  writeFileSync(alone, readFileSync(configFile, 'utf8').replace(/^store: .*$/m, ''))
  const app = await openPlanApp({ configFile: alone })
  try {
    const plan = await draftCycle({ ...app, engine: app.config.engine, report: () => undefined }, asOf)
    expect(plan.hypotheses.authored).toBe(2)
    expect(existsSync(app.config.stateFolder)).toBe(false)
  } finally {
    await app.close()
  }
})
