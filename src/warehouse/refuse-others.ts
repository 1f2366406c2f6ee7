import { Failure } from '../base/failure.ts'

export const describeReadOnly = () =>
  new Failure('the SQL is no query: a warehouse is only read', { code: 'warehouse-read-only' })

/** Texts, names in quotes and comments, as most engines write them. */
const usual = /'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"\\]|\\[\s\S]|"")*"|`(?:[^`]|``)*`|--[^\n]*|\/\*[\s\S]*?\*\//g

/**
 * Throws a `Failure` for what is not one query, before it is sent: for engines that know no session that is read only, and where what they say
 * themselves is hard to understand. `quoted` matches what holds no SQL, `forbidden` further words that none of ours holds.
 */
export function refuseOthers(sql: string, quoted: RegExp = usual, forbidden?: RegExp): void {
  const bare = sql.replace(quoted, ' ').trim()
  if (!/^(?:select|with|values|\()/i.test(bare)) throw describeReadOnly()
  if (/;\s*\S/.test(bare))
    throw new Failure('the SQL holds several statements, not one', { code: 'warehouse-statement' })
  if (forbidden?.test(bare)) throw describeReadOnly()
}
