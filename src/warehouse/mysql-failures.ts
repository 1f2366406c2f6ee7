import { Failure } from '../base/failure.ts'
import { codeOf, nameConnectFailure, reasonOf } from './connect-failure.ts'
import { describeReadOnly, refuseOthers } from './refuse-others.ts'

const refused = new Set(['ER_ACCESS_DENIED_ERROR', 'ER_DBACCESS_DENIED_ERROR', 'ER_ACCESS_DENIED_NO_PASSWORD_ERROR'])

/** Why a connection was not made. */
export function nameRefusal(error: unknown, address: string): Failure {
  if (error instanceof Failure) return error
  const code = codeOf(error)
  const obstacle = refused.has(code) ? 'login' : code === 'ER_BAD_DB_ERROR' ? 'database' : 'server'
  return nameConnectFailure(obstacle, address, error)
}

/** Texts, quoted names and comments, but not `/*! … *\/`, which is run. */
const quoted =
  /'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"\\]|\\[\s\S]|"")*"|`(?:[^`]|``)*`|--(?=\s)[^\n]*|#[^\n]*|\/\*(?!M?!)[\s\S]*?\*\//g

/** The session is read only anyway; this says so before the server does, and keeps settings, files and a second statement out. */
export const refuseStatements = (sql: string): void =>
  refuseOthers(sql, quoted, /\binto\b|\/\*M?!|\bfor\s+update\b|\block\s+in\b/i)

const timedOut = new Set(['ER_STATEMENT_TIMEOUT', 'ER_QUERY_TIMEOUT'])
const writing = new Set(['ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION', 'ER_OPTION_PREVENTS_STATEMENT'])
const numbers: Readonly<Record<number, string>> = { 1969: 'ER_STATEMENT_TIMEOUT', 3024: 'ER_QUERY_TIMEOUT' }

/** What a query that failed came to, in words. */
export function nameFailure(error: unknown, signal: AbortSignal | undefined, timeoutMs: number): Failure {
  if (error instanceof Failure) return error
  const { errno } = error as { errno?: number }
  const code = numbers[errno ?? 0] ?? codeOf(error)
  if (code === 'ER_QUERY_INTERRUPTED' && signal?.aborted)
    return new Failure('the query was cancelled', { code: 'warehouse-cancelled', cause: error })
  if (timedOut.has(code))
    return new Failure(`the query took longer than ${timeoutMs} ms and was stopped`, {
      code: 'warehouse-timeout',
      hint: 'Narrow the time range, or allow more time.',
      cause: error,
    })
  if (writing.has(code)) return describeReadOnly()
  if (!code.startsWith('ER_') || code === 'ER_SERVER_SHUTDOWN')
    return new Failure(`the connection was lost: ${reasonOf(error)}`, {
      code: 'warehouse-unreachable',
      retry: true,
      cause: error,
    })
  const isMixed = code === 'ER_CANT_AGGREGATE_2COLLATIONS' || code === 'ER_CANT_AGGREGATE_3COLLATIONS'
  return new Failure(`the warehouse refused the query: ${reasonOf(error)}`, {
    code: 'warehouse-query',
    ...(isMixed && { hint: 'Give the columns that a relation pairs one collation, in the tables or in a view.' }),
    cause: error,
  })
}
