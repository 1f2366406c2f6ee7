import type { AddressInfo } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { silentLog } from '../../src/base/log.ts'
import { composeDigests } from '../../src/engine/digest/compose-digests.ts'
import { deliverDigest } from '../../src/engine/digest/deliver-digest.ts'
import { leaveDigest } from '../../src/engine/digest/leave-digest.ts'
import type { Mailer } from '../../src/mail/mailer.ts'
import { openSmtp } from '../../src/mail/smtp.ts'
import { insertCycle } from '../../src/store/cycles.ts'
import { listDeliveries, listOpenDeliveries } from '../../src/store/deliveries.ts'
import { findDigest, listDigests } from '../../src/store/digests.ts'
import { saveEvidence } from '../../src/store/evidence.ts'
import { saveFindings } from '../../src/store/findings.ts'
import { saveUnsubscribed } from '../../src/store/subscriptions.ts'
import { dataUntil, evidenceOf, findings, summary, withheld } from '../fixtures/example-cycle.ts'
import { openTestDatabase, type TestDatabase } from '../support/test-database.ts'

const workspace = 'acme'
const received: ParsedMail[] = []
/** How the server answers: 250 takes the mail. */
let answer = 250
let store: TestDatabase
let server: SMTPServer
let mailer: Mailer

beforeAll(async () => {
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) =>
      done(answer === 250 ? null : Object.assign(new Error('not now'), { responseCode: answer })),
    onData: (stream, _session, done) => {
      simpleParser(stream).then((parsed) => {
        received.push(parsed)
        done()
      }, done)
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  mailer = openSmtp(`smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`)
  store = await openTestDatabase()
  await insertCycle(store.database, {
    id: summary.id,
    workspace,
    asOf: summary.asOf,
    trigger: 'test',
    seed: 7,
    summary,
    dataUntil,
    withheld,
    state: 'done',
  })
  await saveFindings(store.database, workspace, summary.id, findings)
  for (const evidence of evidenceOf.values()) await saveEvidence(store.database, evidence)
})
afterAll(async () => {
  await mailer.close()
  await new Promise<void>((resolve) => server.close(resolve))
  await store.drop()
})

const openContext = () => ({
  workspace,
  database: store.database,
  engine: { fdr: 0.05, budget: { hypotheses: 1000, seconds: 60 }, shown: 5 },
  teams: [
    { name: 'growth', digest: '0 8 * * mon-fri', members: ['ann@acme.test', 'Bob@acme.test'], follows: [] },
    { name: 'finance', digest: '0 8 * * 1', members: ['cho@acme.test'], follows: ['refunds'] },
    { name: 'people', digest: '0 8 * * 1', members: ['dee@acme.test'], follows: ['headcount'] },
  ],
  webUrl: 'https://hunch.acme.test',
  now: () => Date.parse('2026-10-01T06:00:00Z'),
  log: silentLog,
  mailer,
  mailFrom: 'Hunch <hunch@acme.test>',
})

test('each team with something new to hear gets one digest, however often it is composed', async () => {
  const ids = await composeDigests(openContext(), summary.id)
  expect(ids).toHaveLength(2)
  expect(await composeDigests(openContext(), summary.id)).toEqual(ids)
  expect(await listDigests(store.database, workspace, 10)).toHaveLength(2)
  const [growth, finance] = await Promise.all(ids.map((id) => findDigest(store.database, id)))
  expect(growth).toMatchObject({
    team: 'growth',
    subject: 'Signups that came from Paid search fell 48%: 41 a day, since 14 Sep 2026, and 3 more',
  })
  expect(finance).toMatchObject({ team: 'finance', findingKeys: ['f3-outlier-refunds'] })
  for (const id of ids) expect(encodeURIComponent(id)).toBe(id)
  expect((await listOpenDeliveries(store.database, workspace)).map(({ recipient }) => recipient).sort()).toEqual([
    'Bob@acme.test',
    'ann@acme.test',
    'cho@acme.test',
  ])
})

test('a quiet team is written to only when asked', async () => {
  expect(await composeDigests(openContext(), summary.id, { teams: ['people'] })).toEqual([])
  const [id] = await composeDigests(openContext(), summary.id, { teams: ['people'], evenIfQuiet: true })
  expect((await findDigest(store.database, id ?? ''))?.subject).toBe('All quiet')
})

test('a digest is sent once, with images, both parts and a link to leave by that only its reader has', async () => {
  const [id = ''] = await composeDigests(openContext(), summary.id, { teams: ['growth'] })
  expect(await deliverDigest(openContext(), id, 'ann@acme.test')).toBe('sent')
  expect(await deliverDigest(openContext(), id, 'ann@acme.test')).toBe('already')
  expect(received).toHaveLength(1)
  const [mail] = received
  expect(mail?.subject).toContain('fell 48%')
  expect(mail?.messageId).toMatch(new RegExp(`^<${id}\\.[0-9a-f]{16}@acme\\.test>$`))
  expect(mail?.attachments).toHaveLength(6)
  expect(mail?.text).toContain('1. NEW')
  const list = mail?.headers.get('list') as unknown as {
    unsubscribe: { url: string }
    'unsubscribe-post': { name: string }
  }
  expect(list['unsubscribe-post'].name).toBe('List-Unsubscribe=One-Click')
  const leave = list.unsubscribe.url
  expect(leave).toMatch(/^https:\/\/hunch\.acme\.test\/unsubscribe\//)
  expect(mail?.html).toContain(`href="${leave}"`)
  expect(mail?.text).toContain(leave)
  expect(`${mail?.html}${mail?.text}`).not.toContain('unsubscribe.invalid')
  const token = decodeURIComponent(leave.split('/').at(-1) ?? '')
  expect(await leaveDigest(openContext(), token)).toEqual({ workspace, team: 'growth', recipient: 'ann@acme.test' })
  expect(await leaveDigest(openContext(), `${token}x`)).toBeUndefined()
})

test('a refusal for now leaves the delivery open, one for good ends it, and both are noted', async () => {
  const [id = ''] = await composeDigests(openContext(), summary.id, { teams: ['growth'] })
  const stateOf = async () =>
    (await listDeliveries(store.database, id)).find(({ recipient }) => recipient === 'Bob@acme.test')
  answer = 451
  await expect(deliverDigest(openContext(), id, 'Bob@acme.test')).rejects.toMatchObject({ retry: true })
  expect(await stateOf()).toMatchObject({ state: 'open', attempts: 1, error: expect.stringContaining('not now') })
  answer = 550
  await expect(deliverDigest(openContext(), id, 'Bob@acme.test')).rejects.toMatchObject({ retry: false })
  expect(await stateOf()).toMatchObject({ state: 'failed', attempts: 2 })
  answer = 250
  expect(await deliverDigest(openContext(), id, 'Bob@acme.test')).toBe('sent')
  expect((await stateOf())?.state).toBe('sent')
})

test('who left gets no later digest', async () => {
  const later = { ...summary, id: 'acme-2026-10-01', asOf: '2026-10-01' }
  await insertCycle(store.database, {
    id: later.id,
    workspace,
    asOf: later.asOf,
    trigger: 'test',
    seed: 7,
    summary: later,
    state: 'done',
  })
  await saveFindings(store.database, workspace, later.id, findings)
  const [id = ''] = await composeDigests(openContext(), later.id, { teams: ['growth'] })
  expect((await listDeliveries(store.database, id)).map(({ recipient }) => recipient)).toEqual(['Bob@acme.test'])
})

test('who leaves between composing and sending gets no mail, and the delivery says so', async () => {
  const [id = ''] = await composeDigests(openContext(), summary.id, { teams: ['finance'] })
  await saveUnsubscribed(store.database, workspace, 'finance', 'Cho@acme.test')
  const before = received.length
  expect(await deliverDigest(openContext(), id, 'cho@acme.test')).toBe('skipped')
  expect(await deliverDigest(openContext(), id, 'cho@acme.test')).toBe('already')
  expect(received).toHaveLength(before)
  expect(await listDeliveries(store.database, id)).toMatchObject([{ recipient: 'cho@acme.test', state: 'skipped' }])
})
