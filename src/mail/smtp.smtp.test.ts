import { type AddressInfo, createServer } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { afterEach, expect, test } from 'vitest'
import type { Mail } from './mailer.ts'
import { openMailer } from './open-mailer.ts'
import { openSmtp } from './smtp.ts'

const mail: Mail = {
  messageId: 'digest-1.ann@acme.test',
  from: 'Hunch <hunch@acme.test>',
  to: 'ann@acme.test',
  subject: 'Signups fell 48% to 41 a day',
  html: '<p>Signups <img src="cid:chart@hunch" alt="a chart"></p>',
  text: 'Signups',
  images: [{ cid: 'chart@hunch', filename: 'chart.png', png: Buffer.from('89504e470d0a1a0a', 'hex') }],
  headers: {
    'List-Unsubscribe': '<https://acme.test/unsubscribe/x>',
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  },
}

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** A mail server on a free port; `refuse` answers a recipient with that code. */
async function startServer(refuse?: number) {
  const received: ParsedMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) =>
      username === 'hunch' && password === 'right' ? done(null, { user: 'hunch' }) : done(new Error('wrong password')),
    onRcptTo: (_address, _session, done) =>
      done(refuse === undefined ? null : Object.assign(new Error('no such mailbox'), { responseCode: refuse })),
    onData: (stream, _session, done) => {
      simpleParser(stream).then((parsed) => {
        received.push(parsed)
        done()
      }, done)
    },
  })
  server.on('error', () => undefined)
  let connections = 0
  server.server.on('connection', () => {
    connections++
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => new Promise((resolve) => server.close(resolve)))
  return { received, countConnections: () => connections, port: (server.server.address() as AddressInfo).port }
}

function open(url: string) {
  const mailer = openSmtp(url)
  closers.unshift(() => mailer.close())
  return mailer
}

test('a server receives both parts, the image, the id and the headers to leave by', async () => {
  const { received, port } = await startServer()
  const mailer = await openMailer({ smtp: `smtp://127.0.0.1:${port}`, outboxFolder: '/nowhere' })
  closers.unshift(() => mailer.close())
  expect(mailer.kind).toBe('smtp')
  await mailer.send(mail)
  const [parsed] = received
  expect(parsed?.messageId).toBe('<digest-1.ann@acme.test>')
  expect(parsed?.subject).toBe(mail.subject)
  expect(parsed?.text?.trim()).toBe('Signups')
  expect(parsed?.html).toContain('alt="a chart"')
  expect(parsed?.attachments.map(({ cid }) => cid)).toEqual(['chart@hunch'])
  const list = parsed?.headers.get('list') as unknown as {
    unsubscribe: { url: string }
    'unsubscribe-post': { name: string }
  }
  expect(list.unsubscribe.url).toBe('https://acme.test/unsubscribe/x')
  expect(list['unsubscribe-post'].name).toBe('List-Unsubscribe=One-Click')
})

test('a recipient that is refused for good is not tried again, one refused for now is', async () => {
  const never = await startServer(550)
  await expect(open(`smtp://127.0.0.1:${never.port}`).send(mail)).rejects.toMatchObject({
    code: 'mail-refused',
    retry: false,
    message: expect.stringContaining('refused the mail'),
  })
  const later = await startServer(451)
  await expect(open(`smtp://127.0.0.1:${later.port}`).send(mail)).rejects.toMatchObject({
    code: 'mail-refused',
    retry: true,
  })
})

test('a wrong password is said without the password', async () => {
  const { port } = await startServer()
  const failure = await open(`smtp://hunch:wrong-secret@127.0.0.1:${port}`)
    .send(mail)
    .then(
      () => undefined,
      (error) => error,
    )
  expect(failure).toMatchObject({ code: 'mail-login-refused', retry: false })
  expect(`${failure.message} ${failure.hint}`).not.toContain('wrong-secret')
})

test('a server that drags a mail out loses its connection at the deadline, and the mail may be tried again', async () => {
  const closed = Promise.withResolvers<void>()
  let heard = ''
  // Answers in lines that go on for ever: no time-out of silence notices.
  const server = createServer((socket) => {
    const timer = setInterval(() => socket.write('220-wait\r\n'), 10)
    socket.on('data', (data) => {
      heard += data
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      clearInterval(timer)
      closed.resolve()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => new Promise((resolve) => server.close(() => resolve())))
  const { port } = server.address() as AddressInfo
  const mailer = openSmtp(`smtp://127.0.0.1:${port}`, { deadlineMs: 200 })
  closers.unshift(() => mailer.close())
  await expect(mailer.send(mail)).rejects.toMatchObject({ code: 'mail-timeout', retry: true })
  await closed.promise
  expect(heard).not.toContain('DATA')
})

test('a connection is used for the next mail, and mails at once have one each', async () => {
  const { received, countConnections, port } = await startServer()
  const mailer = open(`smtp://127.0.0.1:${port}`)
  await mailer.send(mail)
  await mailer.send(mail)
  expect(countConnections()).toBe(1)
  await Promise.all([mailer.send(mail), mailer.send(mail)])
  expect(received).toHaveLength(4)
  expect(countConnections()).toBe(2)
})

test('a server that is not there is a failure to try again', async () => {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  await expect(open(`smtp://127.0.0.1:${port}`).send(mail)).rejects.toMatchObject({
    code: 'mail-unreachable',
    retry: true,
    message: expect.stringContaining('does not answer'),
  })
})

test('an address that is none is said before any mail, without its password', () => {
  for (const url of ['smtp://', 'smtp://ann:s3cret@[host'])
    expect(() => openSmtp(url)).toThrow('the address of the mail server cannot be read')
})
