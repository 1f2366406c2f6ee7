import { expect, test } from 'vitest'
import type { App } from '../../src/app.ts'
import { addPeriods } from '../../src/base/periods.ts'
import { composeDigests } from '../../src/engine/digest/compose-digests.ts'
import { runCycle } from '../../src/engine/run-cycle.ts'
import { keepFeedback } from '../../src/engine/tell/keep-feedback.ts'
import type { Finding } from '../../src/findings/finding.ts'
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

test('a mute ends for good when the number passes the one that was set, in a day that is judged again, too', async () => {
  const { app, asOf } = await openCompany({ adsLeft: 0.4 })
  const [before, next] = [addPeriods(asOf, -9, 'day'), addPeriods(asOf, 1, 'day')]
  const isFall = ({ metric, slice }: Finding) => metric === 'signups' && slice.length === 1
  const fall = (await runCycle(app, { asOf: before })).findings.find(isFall)!
  const later = (await runCycle(app, { asOf })).findings.find(isFall)!
  const middle = (fall.observed + later.observed) / 2
  expect(middle).not.toBe(fall.observed)
  const [passed, far] =
    later.observed > middle ? [{ above: middle }, { above: 1e6 }] : [{ below: middle }, { below: -1 }]
  const by = { label: 'mute', scope: 'metric' } as const
  const ending = await keepFeedback(app, fall, { ...by, by: 'ann', condition: passed })
  const mutedOn = async (day: string) => (await runCycle(app, { asOf: day })).findings.find(isFall)?.muted
  expect(await mutedOn(before)).toMatch(/^muted by ann until it (rises above|falls below) [\d.]+ accounts$/)
  expect(await mutedOn(asOf)).toBeUndefined()
  expect(await mutedOn(asOf)).toBeUndefined()
  expect(await mutedOn(next)).toBeUndefined()
  expect(await mutedOn(before)).toMatch(/^muted by ann until 29 Sep 2026 or until it /)

  await undoFeedback(app.database, app.workspace, ending.id)
  await keepFeedback(app, fall, { ...by, by: 'bob', condition: far })
  expect(await mutedOn(asOf)).toMatch(/^muted by bob until it /)
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
