import { createDiagnostic, Rejection } from '../base/diagnostic.ts'
import type { CommandInput, CommandOption } from './command.ts'
import type { Listen } from './services.ts'

export const listenOptions: readonly CommandOption[] = [
  {
    flags: '--host <address>',
    summary: 'address to listen on; others than loopback need API keys',
    initial: '127.0.0.1',
  },
  { flags: '--port <number>', summary: 'port to listen on, by default that of `web.url`; 0 takes a free one' },
]

/** Host and port from the options of a command. Throws a `Rejection` when the port is none. */
export function readListen(options: CommandInput['options']): Listen {
  if (options.port === undefined) return { host: String(options.host), port: undefined }
  const port = Number(options.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Rejection([
      createDiagnostic({
        code: 'invalid-option',
        message: `\`--port\` is \`${String(options.port)}\``,
        hint: 'Give a number from 0 to 65535.',
      }),
    ])
  return { host: String(options.host), port }
}
