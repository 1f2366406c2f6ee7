import { createTransport } from 'nodemailer'
import { describeError, Failure, hideSecrets } from '../base/failure.ts'
import { composeMessage } from './compose-message.ts'
import type { Mail, Mailer } from './mailer.ts'

const timeoutMs = 20_000

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

/** Sends by SMTP (`smtp://user:password@host:587`, `smtps://…:465`), a few connections kept open. */
export function openSmtp(url: string): Mailer {
  const address = hideSecrets(url)
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 2,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  })
  return {
    kind: 'smtp',
    send: async (mail: Mail) => {
      try {
        await transport.sendMail(composeMessage(mail))
      } catch (error) {
        throw toFailure(error, address)
      }
    },
    close: async () => transport.close(),
  }
}
