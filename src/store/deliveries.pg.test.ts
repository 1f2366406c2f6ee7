import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../tests/support/test-database.ts'
import { insertCycle } from './cycles.ts'
import type { Database } from './database.ts'
import {
  claimDelivery,
  finishDelivery,
  insertDeliveries,
  listDeliveries,
  listOpenDeliveries,
  releaseDelivery,
} from './deliveries.ts'
import { findDigest, insertDigest, listDigests } from './digests.ts'
import { createCycle } from './testing/rows.ts'

let store: TestDatabase
let database: Database
beforeAll(async () => {
  store = await openTestDatabase()
  database = store.database
})
afterAll(() => store.drop())
beforeEach(() => database.raw('truncate cycles cascade'))

async function insertDigestWithDeliveries(...addresses: string[]) {
  await insertCycle(database, createCycle('c1', '2026-09-30'))
  const digest = {
    id: 'd1',
    workspace: 'acme',
    team: 'growth',
    cycleId: 'c1',
    subject: 'Signups −48%',
    html: '<p>?</p>',
    text: 'text',
    images: [{ cid: 'chart', filename: 'chart.png', pngBase64: 'iVBORw0=' }],
    findingKeys: ['a', 'b'],
    createdAt: '2026-10-01T08:00:00.000Z',
  }
  const isNew = await insertDigest(database, digest)
  await insertDeliveries(database, 'd1', addresses)
  return { digest, isNew }
}

test('a digest is inserted once and reads back as it was written', async () => {
  const { digest, isNew } = await insertDigestWithDeliveries()
  expect(isNew).toBe(true)
  expect((await insertDigestWithDeliveries()).isNew).toBe(false)
  expect(await findDigest(database, 'd1')).toEqual(digest)
  expect(await listDigests(database, 'acme', 5)).toEqual([digest])
})

test('a delivery is claimed by one of many, and never again once it was sent', async () => {
  await insertDigestWithDeliveries('ann@acme.test')
  await insertDeliveries(database, 'd1', ['ann@acme.test', 'bob@acme.test'])
  const claims = await Promise.all(Array.from({ length: 8 }, () => claimDelivery(database, 'd1', 'ann@acme.test')))
  expect(claims.filter(Boolean)).toHaveLength(1)
  await finishDelivery(database, 'd1', 'ann@acme.test', { state: 'sent' })
  expect(await claimDelivery(database, 'd1', 'ann@acme.test')).toBe(false)
  expect((await listOpenDeliveries(database, 'acme')).map(({ recipient }) => recipient)).toEqual(['bob@acme.test'])
})

test('a delivery whose claim was given back, has grown old, or has failed can be claimed again', async () => {
  await insertDigestWithDeliveries('ann@acme.test')
  const claim = () => claimDelivery(database, 'd1', 'ann@acme.test')
  expect(await claim()).toBe(true)
  await releaseDelivery(database, 'd1', 'ann@acme.test', 'the mail server is busy')
  expect(await listOpenDeliveries(database, 'acme')).toMatchObject([{ error: 'the mail server is busy', attempts: 1 }])
  expect(await claim()).toBe(true)
  expect(await listOpenDeliveries(database, 'acme')).toEqual([])
  await database.raw(`update deliveries set claimed_at = now() - interval '9 minutes'`)
  expect(await listOpenDeliveries(database, 'acme')).toEqual([])
  expect(await claim()).toBe(false)
  await database.raw(`update deliveries set claimed_at = now() - interval '11 minutes'`)
  expect(await listOpenDeliveries(database, 'acme')).toHaveLength(1)
  expect(await claim()).toBe(true)
  await finishDelivery(database, 'd1', 'ann@acme.test', { state: 'failed', error: 'no such mailbox' })
  expect(await listOpenDeliveries(database, 'acme')).toEqual([])
  expect(await claim()).toBe(true)
  expect(await listDeliveries(database, 'd1')).toMatchObject([{ state: 'sending', attempts: 4, error: undefined }])
})

test('a delivery that was sent or skipped stays so when its job is given up', async () => {
  await insertDigestWithDeliveries('ann@acme.test', 'bob@acme.test', 'cho@acme.test')
  for (const [recipient, state] of [
    ['ann@acme.test', 'sent'],
    ['bob@acme.test', 'skipped'],
  ] as const) {
    await claimDelivery(database, 'd1', recipient)
    await finishDelivery(database, 'd1', recipient, { state })
  }
  for (const recipient of ['ann@acme.test', 'bob@acme.test', 'cho@acme.test']) {
    await finishDelivery(database, 'd1', recipient, { state: 'failed', error: 'took too long' })
    expect(await claimDelivery(database, 'd1', recipient)).toBe(recipient === 'cho@acme.test')
  }
  expect(await listDeliveries(database, 'd1')).toMatchObject([
    { state: 'sent', error: undefined },
    { state: 'skipped', error: undefined },
    { state: 'sending' },
  ])
})
