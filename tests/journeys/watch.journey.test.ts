import { rmSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { openApp } from '../../src/app.ts'
import { watchExploration } from '../../src/engine/ask/watch-exploration.ts'
import { rerunFinding } from '../../src/engine/evidence/rerun-finding.ts'
import { runCycle } from '../../src/engine/run-cycle.ts'
import { deleteWatch, insertWatch } from '../../src/store/watches.ts'
import { openTestDatabase } from '../support/test-database.ts'
import { makeSmallCompany } from './small-company.ts'

const store = await openTestDatabase()
const { folder, asOf } = makeSmallCompany(1, store.url, { adsLeft: 0.4 })
afterAll(async () => {
  await store.drop()
  rmSync(folder, { recursive: true })
})

test('what somebody watches is asked in each cycle and told as such, until they stop', async () => {
  const app = await openApp({ configFile: `${folder}/hunch.yaml` })
  const { database, workspace } = app
  try {
    const text =
      'as of 2026-10-01\nfrom account\nwhere source = "ads" and plan = "free" and created_at in last 200 days\ngroup by day(created_at): ads = count()\nfill day with 0\nchart line day, ads'
    const watch = await watchExploration(app, { text, title: 'Free accounts from ads', by: 'ann' })
    expect(watch.exploration).toMatch(/fill day with 0\ntest level_shift ads over day\n$/)
    await expect(
      watchExploration(app, { text: 'from account\ngroup by plan: n = count()', by: 'ann' }),
    ).rejects.toThrow(/a hypothesis ends in a test/)
    const gone = {
      id: 'gone',
      workspace,
      title: 'Old',
      exploration: 'from lost\ntest trend n over day',
      createdBy: 'bo',
    }
    await insertWatch(database, gone)

    const { findings, withheld } = await runCycle(app, { asOf })
    const told = findings.find(({ headline }) => headline.startsWith('Watched: Free accounts from ads fell'))
    expect(told).toMatchObject({ kind: 'level_shift', direction: 'down', model: 'account' })
    expect(withheld.find(({ what }) => what.includes('Old'))?.why).toMatch(/^can no longer be asked: /)
    expect(await rerunFinding(app, told!.key)).toMatchObject({ holds: true })

    expect(await deleteWatch(database, workspace, watch.id)).toBe(true)
    expect(await deleteWatch(database, 'other', gone.id)).toBe(false)
    const later = await runCycle(app, { asOf })
    expect(later.findings.filter(({ headline }) => headline.startsWith('Watched:'))).toEqual([])
  } finally {
    await app.close()
  }
})
