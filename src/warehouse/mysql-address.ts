import type { ConnectionOptions } from 'mysql2'
import { Failure, hideSecrets } from '../base/failure.ts'

const decode = (text: string): string | undefined => (text === '' ? undefined : decodeURIComponent(text))

/** How the connection is secured, by `?ssl=`. */
const secured: Readonly<Record<string, ConnectionOptions>> = {
  '': {},
  off: {},
  on: { ssl: {} },
  unverified: { ssl: { rejectUnauthorized: false } },
}

/** `mysql://user:password@host:port/database?ssl=on`. Nothing else of it reaches the driver, which knows options that are none of ours. */
export function readMysqlAddress(url: string): ConnectionOptions {
  try {
    const { hostname, port, username, password, pathname, searchParams } = new URL(url)
    const ssl = secured[searchParams.get('ssl') ?? '']
    if (!ssl) throw new TypeError('`ssl` is `on`, `off` or `unverified`')
    return {
      host: hostname.replace(/^\[(.*)\]$/, '$1') || '127.0.0.1',
      port: Number(port || 3306),
      user: decode(username),
      password: decode(password),
      database: decode(pathname.slice(1)),
      ...ssl,
    }
  } catch (cause) {
    const why = cause instanceof TypeError && cause.message.startsWith('`') ? `: ${cause.message}` : ''
    throw new Failure(`\`${hideSecrets(url)}\` is no address of a MariaDB or MySQL${why}`, {
      code: 'warehouse-unknown',
      hint: 'Write `mysql://user:password@host:3306/database`; letters like `@` and `/` in a password as `%40` and `%2F`.',
      cause,
    })
  }
}
