import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simpleParser } from 'mailparser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Mail } from './mailer.ts'
import { openMailer } from './open-mailer.ts'
import { listOutbox, openOutbox } from './outbox.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hunch-outbox-'))
})
afterAll(() => rm(folder, { recursive: true }))

const png = Buffer.from('89504e470d0a1a0a', 'hex')
const mail: Mail = {
  messageId: 'digest-1.ann@acme.test',
  from: 'Hunch <hunch@acme.test>',
  to: 'ann@acme.test',
  subject: 'Umsätze fielen um 48% / ../../etc',
  html: '<p>Hello <img src="cid:chart@hunch" alt="a chart"></p>',
  text: 'Hello',
  images: [{ cid: 'chart@hunch', filename: 'chart.png', png }],
  headers: { 'List-Unsubscribe': '<https://acme.test/unsubscribe/x>' },
}

test('a folder that is not there yet holds no mail', async () => {
  expect(await listOutbox(join(folder, 'none'))).toEqual([])
})

test('a mail becomes an .eml as it would have left, a page with its images, and an entry in the list', async () => {
  const own = join(folder, 'own')
  const outbox = openOutbox(own, () => Date.parse('2026-10-01T06:00:00Z'))
  await outbox.send(mail)
  const [entry, ...others] = await listOutbox(own)
  expect(others).toEqual([])
  expect(entry).toMatchObject({ to: mail.to, subject: mail.subject, sentAt: '2026-10-01T06:00:00.000Z' })
  const parsed = await simpleParser(await readFile(join(own, entry!.eml)))
  expect(parsed.messageId).toBe('<digest-1.ann@acme.test>')
  expect(parsed.subject).toBe(mail.subject)
  expect(parsed.text?.trim()).toBe('Hello')
  expect(parsed.attachments.map(({ cid, contentType, size }) => ({ cid, contentType, size }))).toEqual([
    { cid: 'chart@hunch', contentType: 'image/png', size: png.length },
  ])
  expect(await readFile(join(own, entry!.html), 'utf8')).toContain(
    `src="data:image/png;base64,${png.toString('base64')}"`,
  )
  await outbox.close()
})

test('the same mail twice is one mail, another recipient is another', async () => {
  const twice = join(folder, 'twice')
  const outbox = await openMailer({ smtp: undefined, outboxFolder: twice })
  await outbox.send(mail)
  await outbox.send(mail)
  await outbox.send({ ...mail, to: 'bob@acme.test', messageId: 'digest-1.bob@acme.test' })
  expect((await listOutbox(twice)).map(({ to }) => to).sort()).toEqual(['ann@acme.test', 'bob@acme.test'])
  expect(await readdir(twice)).toHaveLength(6)
})

test('a folder that cannot be written is a failure that says so', async () => {
  const file = join(folder, 'file')
  await writeFile(file, '')
  await expect(openOutbox(file).send(mail)).rejects.toMatchObject({
    code: 'outbox-unwritable',
    retry: false,
    message: expect.stringContaining('cannot be written'),
  })
})
