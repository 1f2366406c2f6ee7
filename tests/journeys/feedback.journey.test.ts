import { expect, test } from 'vitest'
import type { App } from '../../src/app.ts'
import { addPeriods } from '../../src/base/periods.ts'
import { composeDigests } from '../../src/engine/compose-digests.ts'
import { keepFeedback } from '../../src/engine/keep-feedback.ts'
import { runCycle } from '../../src/engine/run-cycle.ts'
import { findDigest } from '../../src/store/digests.ts'
import { undoFeedback } from '../../src/store/feedback.ts'
import { openCompany } from './open-workspace.ts'

const teams = [{ name: 'growth', digest: '0 8 * * *', members: ['ann@acme.test'], follows: [] }]
async function readDigest(app: App, cycleId: string) {
  const [id] = await composeDigests({ ...app, teams }, cycleId)
  return id === undefined ? undefined : findDigest(app.database, id)
}

test('the next cycle hears what was said: fit moves, what is muted or expected is not pushed, what is taken back is forgotten', async () => {
  const { app, asOf } = await openCompany({ adsLeft: 0.4 })
  const before = addPeriods(asOf, -1, 'day')
  const { findings } = await runCycle(app, { asOf: before })
  const fall = findings[0]!
  expect([fall.score.fit, fall.muted, fall.heard]).toEqual([0.5, undefined, undefined])

  const useful = await keepFeedback(app, fall, { label: 'useful', by: 'ann' })
  const liked = await runCycle(app, { asOf })
  expect(liked.findings[0]).toMatchObject({ key: fall.key, heard: ['one reader called this useful'] })
  expect(liked.findings[0]!.score.fit).toBeGreaterThan(0.5)
  expect(liked.findings[0]!.score.total).toBeGreaterThan((await rescore(app, asOf, useful.id)).score.total)

  const muted = await keepFeedback(app, fall, { label: 'mute', by: 'ann', scope: 'metric', until: asOf })
  const quiet = await runCycle(app, { asOf })
  expect(quiet.findings[0]).toMatchObject({ key: fall.key, muted: expect.stringMatching(/^muted by ann until /) })
  expect((await readDigest(app, quiet.cycle.id))?.findingKeys ?? []).not.toContain(fall.key)
  await undoFeedback(app.database, app.workspace, muted.id)

  await keepFeedback(app, fall, { label: 'expected', by: 'bob' })
  const expected = await runCycle(app, { asOf })
  expect(expected.findings[0]).toMatchObject({ key: fall.key, state: 'expected' })
  expect(expected.findings[0]!.muted).toBeUndefined()
  expect((await readDigest(app, expected.cycle.id))?.findingKeys ?? []).not.toContain(fall.key)
})

/** The first finding once a word is taken back. */
async function rescore(app: App, asOf: string, id: number) {
  await undoFeedback(app.database, app.workspace, id)
  return (await runCycle(app, { asOf })).findings[0]!
}

test('a story that is over is told once as recovered, in the digest, too', async () => {
  const { app, asOf } = await openCompany({ adsLeft: 0.3, lastingDays: 30, backSince: 9 })
  const during = await runCycle(app, { asOf: addPeriods(asOf, -10, 'day') })
  const fall = during.findings[0]!
  expect(fall).toMatchObject({ metric: 'signups', slice: [{ field: 'source', value: 'ads' }], to: null })
  const { findings, recovered, cycle } = await runCycle(app, { asOf })
  expect(findings.map(({ key }) => key)).not.toContain(fall.key)
  expect(recovered).toMatchObject([
    {
      key: fall.key,
      state: 'recovered',
      headline: expect.stringMatching(
        /^Signups \(.*\) recovered: [\d.]+ accounts a day in the latest week against [\d.]+ expected, after [\d.]+$/,
      ),
    },
  ])
  const digest = await readDigest(app, cycle.id)
  expect(digest?.text).toMatch(/recovered/i)
  const after = await runCycle(app, { asOf: addPeriods(asOf, 1, 'day') })
  expect([...after.findings, ...after.recovered].map(({ key }) => key)).not.toContain(fall.key)
})
