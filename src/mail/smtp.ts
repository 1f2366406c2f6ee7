import { createTransport } from 'nodemailer'
import { describeError, Failure, hideSecrets } from '../base/failure.ts'
import { composeMessage } from './compose-message.ts'
import type { Mail, Mailer } from './mailer.ts'

/** Silence of the server in one step: connecting, greeting, answering. */
const timeoutMs = 20_000

/** One mail, whatever the server does. Below the time of the job and the lease of its claim, so that no retry runs beside a send. */
const sendMsMax = 90_000

/** Errors of nodemailer that a later attempt may not meet. */
const passing = new Set(['ECONNECTION', 'ETIMEDOUT', 'ESOCKET', 'EDNS', 'ECONNREFUSED', 'ECONNRESET'])

interface SmtpError {
  readonly code?: string
  /** Three digits, where the server answered. */
  readonly responseCode?: number
}

/** 4xx is "later", 5xx "never"; a server that does not answer is "later" too. */
function isPassing({ code, responseCode }: SmtpError): boolean {
  if (responseCode !== undefined) return responseCode < 500
  return code !== undefined && passing.has(code)
}

function toFailure(error: unknown, address: string): Failure {
  const { code, responseCode } = (error ?? {}) as SmtpError
  const message = describeError(error).replace(/\s+/g, ' ').replace(/\.$/, '')
  const isUnreachable = responseCode === undefined && code !== undefined && passing.has(code)
  if (code === 'EAUTH')
    return new Failure(`the mail server ${address} refused the user name or password`, {
      code: 'mail-login-refused',
      hint: 'Check the user name and password in `mail.smtp`.',
      cause: error,
    })
  return new Failure(
    isUnreachable
      ? `the mail server ${address} does not answer: ${message}`
      : `the mail server ${address} refused the mail: ${message}`,
    {
      code: isUnreachable ? 'mail-unreachable' : 'mail-refused',
      retry: isPassing({ code, responseCode }),
      hint: isUnreachable
        ? 'Check the host and port in `mail.smtp`, and whether this machine may reach it.'
        : 'Check the sender in `mail.from` and the address of the recipient.',
      cause: error,
    },
  )
}

const openTransport = (url: string) =>
  createTransport({
    url,
    pool: true,
    maxConnections: 1,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // Closed is closed: no grace in which the server could still take the mail.
    socketCloseTimeout: 0,
  })

type Transport = ReturnType<typeof openTransport>

/** Ends within `deadlineMs`, sent or not: then the connection is destroyed, so that the mail cannot leave any more. */
async function sendInTime(transport: Transport, mail: Mail, deadlineMs: number, address: string): Promise<void> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    transport.close({ force: true })
    late.reject(
      new Failure(`the mail server ${address} took longer than ${deadlineMs / 1_000} seconds over one mail`, {
        code: 'mail-timeout',
        retry: true,
        hint: 'Check the mail server: it answers, but too slowly.',
      }),
    )
  }, deadlineMs)
  try {
    await Promise.race([transport.sendMail(composeMessage(mail)), late.promise])
  } catch (error) {
    throw error instanceof Failure ? error : toFailure(error, address)
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Sends by SMTP (`smtp://user:password@host:587`, `smtps://…:465`). Each mail at a time has a connection of its own, which is kept for the
 * next one; as many are open as mails were ever sent at once. A mail is sent or given up within `deadlineMs`. Throws a `Failure` for an
 * address that is none.
 */
export function openSmtp(url: string, { deadlineMs = sendMsMax }: { readonly deadlineMs?: number } = {}): Mailer {
  if (!URL.canParse(url) || new URL(url).hostname === '')
    throw new Failure('the address of the mail server cannot be read', {
      code: 'mail-address-unreadable',
      hint: 'Write `mail.smtp` as `smtp://user:password@host:587`; escape `/`, `@` and `:` in the password, as `%2F`.',
    })
  const address = hideSecrets(url)
  const idle: Transport[] = []
  let isClosed = false
  return {
    kind: 'smtp',
    send: async (mail: Mail) => {
      const transport = idle.pop() ?? openTransport(url)
      try {
        await sendInTime(transport, mail, deadlineMs, address)
      } catch (error) {
        transport.close({ force: true })
        throw error
      }
      if (isClosed) transport.close()
      else idle.push(transport)
    },
    close: async () => {
      isClosed = true
      for (const transport of idle.splice(0)) transport.close()
    },
  }
}
