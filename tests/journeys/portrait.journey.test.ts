import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openApp } from '../../src/app.ts'
import { rerunFinding } from '../../src/engine/evidence/rerun-finding.ts'
import { runCycle } from '../../src/engine/run-cycle.ts'
import { openDatabase } from '../../src/store/database.ts'
import { findEvidence } from '../../src/store/evidence.ts'
import { makeSmallTable, type StandingTruth } from './small-table.ts'

const serverUrl = process.env.TEST_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'
const asOf = '2026-08-31'
const closers: (() => Promise<unknown>)[] = []
let made = 0

afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** A workspace as `hunch init` makes it from one small file, nothing mended. */
async function openTable(truth: StandingTruth, seed = 1) {
  const server = openDatabase(serverUrl)
  const name = `hunch_portrait_${process.pid}_${++made}`
  await server.raw(`create database ${name}`)
  const folder = makeSmallTable(seed, truth)
  const init = ['init', `files:${join(folder, 'data')}`, '--yes', '--output', folder]
  const { status, stderr } = spawnSync(process.execPath, ['src/cli/main.ts', ...init], { encoding: 'utf8' })
  expect([status, stderr]).toEqual([0, expect.any(String)])
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  const app = await openApp({
    configFile: join(folder, 'hunch.yaml'),
    environment: { ...process.env, HUNCH_DATABASE_URL: url.href },
  })
  closers.push(async () => {
    await app.close()
    await server.raw(`drop database ${name} with (force)`)
    await server.destroy()
    rmSync(folder, { recursive: true })
  })
  return app
}

test('of a small table what stands is told: the dear department, and that dear things take longer', async () => {
  const app = await openTable({ hrCosts: 3, daysPerThousand: 3 })
  const { findings, cycle } = await runCycle(app, { asOf })
  const dear = findings.find(({ measure, slice }) => measure === 'avg(amount)' && slice.length === 1)
  expect(dear).toMatchObject({
    kind: 'peer_outlier',
    slice: [{ field: 'department', value: 'HR' }],
    direction: 'up',
    from: null,
    headline: expect.stringMatching(/^Average amount with department HR is \d\.\d times that of its siblings: /),
  })
  const slow = findings.find((finding) => finding.with)
  expect(slow).toMatchObject({
    kind: 'correlation',
    measure: 'avg(amount)',
    with: { measure: 'avg(days_between(opened_on, processed_on))' },
    direction: 'up',
    headline: expect.stringMatching(
      /^Average amount goes up with days to processed: rank correlation 0\.\d+, row by row$/,
    ),
  })
  for (const finding of [dear!, slow!]) {
    const evidence = await findEvidence(app.database, app.workspace, finding.key, cycle.id)
    const { pValue, observed, expected, low, high } = finding
    if (evidence) expect(evidence.test.numbers).toMatchObject({ pValue, observed, expected, low, high })
    expect(await rerunFinding(app, finding.key)).toMatchObject({ holds: true, difference: 'exactly the same numbers' })
  }
  const [shown] = findings
  const evidence = await findEvidence(app.database, app.workspace, shown!.key, cycle.id)
  expect((evidence?.members ?? evidence?.points ?? evidence?.series)?.length).toBeGreaterThan(3)
})

test('of a small table what happened in a part of it is told, however long ago', async () => {
  const app = await openTable({ travelInSpring: 3, itSlows: 30 }, 4)
  const { findings } = await runCycle(app, { asOf })
  const crowd = findings.find(({ kind }) => kind === 'divergence')
  expect(crowd).toMatchObject({
    measure: 'count()',
    slice: [{ field: 'category', value: 'Travel' }],
    direction: 'up',
    from: expect.stringMatching(/^2026-0[23]-/),
    to: expect.stringMatching(/^2026-0[45]-/),
    headline: expect.stringMatching(/^Expenses with category Travel were a larger part of all than otherwise: /),
  })
  const slower = findings.find(({ kind }) => kind === 'trend')
  expect(slower).toMatchObject({
    measure: 'avg(days_between(opened_on, processed_on))',
    // that of the whole lies in it
    slice: [{ field: 'department', value: 'IT' }],
    merged: expect.arrayContaining(['days to processed has a steady trend']),
    direction: 'up',
    headline: expect.stringMatching(/^Days to processed with department IT keep growing: /),
  })
  for (const finding of [crowd!, slower!])
    expect(await rerunFinding(app, finding.key)).toMatchObject({ holds: true, difference: 'exactly the same numbers' })
  expect(findings.filter(({ rank }) => rank <= 4)).toContain(crowd)
  expect(findings.length).toBeLessThanOrEqual(5)
})

test('of a small table in which nothing stands out nothing is told', async () => {
  const app = await openTable({})
  const { findings, cycle } = await runCycle(app, { asOf })
  expect(findings.map(({ headline }) => headline)).toEqual([])
  expect(cycle.tested).toBeGreaterThan(100)
})
