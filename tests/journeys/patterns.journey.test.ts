import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { openApp } from '../../src/app.ts'
import { findOrGatherEvidence } from '../../src/engine/find-evidence.ts'
import { replayTest } from '../../src/engine/replay-test.ts'
import { rerunFinding } from '../../src/engine/rerun-finding.ts'
import { runCycle } from '../../src/engine/run-cycle.ts'
import { templates } from '../../src/hypotheses/templates/index.ts'
import { openDatabase } from '../../src/store/database.ts'
import { listVerdicts } from '../../src/store/verdicts.ts'
import { makeSmallCompany, type Planted } from './small-company.ts'

const serverUrl = process.env.TEST_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'
const server = openDatabase(serverUrl)
const closers: (() => Promise<unknown>)[] = []
let made = 0

async function openCompany(planted: Planted, seed = 1) {
  const name = `hunch_patterns_${process.pid}_${++made}`
  await server.raw(`create database ${name}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  const { folder, asOf } = makeSmallCompany(seed, url.href, planted)
  const app = await openApp({ configFile: join(folder, 'hunch.yaml') })
  closers.push(async () => {
    await app.close()
    await server.raw(`drop database ${name} with (force)`)
    rmSync(folder, { recursive: true })
  })
  return { app, asOf }
}

afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})
afterAll(() => server.destroy())

test('another weekly shape is told as one finding, with evidence and a run that gives the same numbers', async () => {
  const { app, asOf } = await openCompany({ weekendsSince: 56 })
  const { findings } = await runCycle(app, { asOf })
  expect(findings.map(({ kind, metric, slice }) => ({ kind, metric, slice }))).toEqual([
    { kind: 'season_change', metric: 'signups', slice: [] },
  ])
  const [finding] = findings
  expect(finding).toMatchObject({ direction: 'up', good: undefined, to: null, state: 'new' })
  expect(finding?.headline).toMatch(
    /^Signups changed its weekly shape, (Saturdays|Sundays) are higher: \d+ accounts a day against \d+ by the shape before, since \d+ \w+ 2026$/,
  )
  const evidence = await findOrGatherEvidence(app, finding!)
  expect(evidence.series.length).toBeGreaterThan(200)
  const { pValue, observed, expected, low, high } = finding!
  expect(evidence.test.numbers).toMatchObject({ pValue, observed, expected, low, high })
  expect(await rerunFinding(app, finding!.key)).toMatchObject({ holds: true, difference: 'exactly the same numbers' })
})

test('what a movement does to patterns is part of its story', async () => {
  const { app, asOf } = await openCompany({ adsLeft: 0.2, lastingDays: 40 })
  const { findings } = await runCycle(app, { asOf })
  expect(findings.filter(({ metric }) => metric === 'signups').map(({ kind }) => kind)).toEqual(['level_shift'])
})

test('nothing is told of patterns where nothing happened', async () => {
  for (const seed of [1, 2]) {
    const { app, asOf } = await openCompany({}, seed)
    const { findings } = await runCycle(app, { asOf })
    expect(findings.map(({ headline }) => headline)).toEqual([])
  }
})

test('a hypothesis of every template gives exactly the numbers of the shared scan when it is run alone', async () => {
  const { app, asOf } = await openCompany({ adsLeft: 0.4 })
  const { cycle } = await runCycle(app, { asOf })
  const verdicts = (await listVerdicts(app.database, cycle.id)).filter(({ isReplicate }) => !isReplicate)
  const asked = new Set<string>()
  for (const { hypothesis, ...verdict } of verdicts) {
    const kind = `${hypothesis.template} ${hypothesis.detector} ${hypothesis.metric}`
    if (asked.has(kind) || hypothesis.slice.length > 1) continue
    asked.add(kind)
    const { replayed } = await replayTest(app, { ...hypothesis, exploration: hypothesis.text }, [])
    expect([kind, replayed.status]).toEqual([kind, verdict.status])
    if (verdict.status === 'tested' && replayed.status === 'tested')
      expect([kind, replayed.numbers]).toEqual([kind, verdict.numbers])
  }
  const names = new Set([...asked].map((kind) => kind.split(' ')[0]))
  const expectedNames = templates.filter(({ models }) => models !== 'portraits').map(({ name }) => name)
  expect([...names].sort()).toEqual([...expectedNames].sort())
})
