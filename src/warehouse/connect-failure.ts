import { describeError, Failure } from '../base/failure.ts'

/** Why there is no connection: the login is wrong, the database is not there, or the server does not answer. */
export type Obstacle = 'login' | 'database' | 'server'

/** The code of a driver's error, as `28P01`, `ER_BAD_DB_ERROR` or `ECONNREFUSED`; empty where it has none. */
export const codeOf = (error: unknown): string => String((error as { code?: unknown } | undefined)?.code ?? '')

/** The first line of an error, or of its parts: a refused connection, tried over IPv4 and IPv6, has no message of its own. No full stop. */
export function reasonOf(error: unknown): string {
  const parts = error instanceof AggregateError && error.errors.length > 0 ? error.errors : [error]
  const [line = ''] = [...new Set(parts.map(describeError))].join('; ').trim().split('\n')
  return line.replace(/\.?\s*$/, '') || codeOf(error)
}

/** Why the warehouse at `address` cannot be used, and what to look at; `port` says which of its ports is meant. */
export function nameConnectFailure(obstacle: Obstacle, address: string, cause: unknown, port = 'port'): Failure {
  if (obstacle === 'login')
    return new Failure(`\`${address}\` refuses the user name or password`, {
      code: 'warehouse-refused',
      hint: 'Check both in `warehouse` of `hunch.yaml`; `@` and `/` in a password are written `%40` and `%2F`.',
      cause,
    })
  if (obstacle === 'database')
    return new Failure(`there is no database at \`${address}\``, {
      code: 'warehouse-not-found',
      hint: 'Check the name behind the last `/` of `warehouse` in `hunch.yaml`.',
      cause,
    })
  return new Failure(`\`${address}\` cannot be reached: ${reasonOf(cause)}`, {
    code: 'warehouse-unreachable',
    retry: true,
    hint: `Check that the server runs and that \`warehouse\` in \`hunch.yaml\` names its host and ${port}.`,
    cause,
  })
}
