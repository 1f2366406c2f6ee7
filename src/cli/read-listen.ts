import type { CommandInput, CommandOption } from './command.ts'
import type { Listen } from './services.ts'
import { wrongOption } from './wrong-option.ts'

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
    throw wrongOption(`\`--port\` is \`${String(options.port)}\`, not a port`, 'Give a number from 0 to 65535.')
  return { host: String(options.host), port }
}
