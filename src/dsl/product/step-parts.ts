import type { Checker, Scope } from '../check/checker.ts'
import type { BoundKey } from '../check/grouping.ts'
import { toInstant } from '../check/resolve-range.ts'
import type { Literal } from '../plan/plan.ts'
import type { Cursor } from '../text/cursor.ts'
import { formatExpression } from '../text/format-expression.ts'
import { acceptDuration } from '../text/parse-range.ts'
import { quotePath } from '../text/quote.ts'
import type { Duration, Named, Path } from '../tree/ast.ts'
import { describeExpression, describePath } from '../words/describe-expression.ts'
import type { Events } from './bind-events.ts'
import { write } from './expressions.ts'

/** `12 months`; `hint` says how it is written here. */
export function parseDuration(cursor: Cursor, hint: string): Duration {
  const start = cursor.mark()
  const duration = acceptDuration(cursor) ?? cursor.expected('a number of units of time', hint)
  if (duration.count > 0) return duration
  return cursor.stop({ code: 'syntax', message: 'a stretch of time has a length', hint, span: cursor.spanFrom(start) })
}

/** `on users.events.at where name = "login"`, without its first word. */
export const formatEvents = ({ on, where }: { readonly on: Path; readonly where?: Named['value'] }): string =>
  `${quotePath(on.parts)}${where ? ` where ${formatExpression(where)}` : ''}`

/** `users' events where name is “login”`; a time at the end of the path goes without saying. */
export function describeEvents(
  { on, where }: { readonly on: Path; readonly where?: Named['value'] },
  events: Events | undefined,
  scope: Scope,
): string {
  const last = on.parts.at(-1) ?? ''
  const isTimed = events?.model.fields[last] !== undefined && on.parts.length > 1
  const path: Path = isTimed ? { kind: 'path', parts: on.parts.slice(0, -1) } : on
  const condition = where && events ? ` where ${describeExpression(where, events.inner)}` : ''
  return `${describePath(path, scope)}${condition}`
}

/** The start of a day as a value of a time's type. */
export const startOfDay = (day: string, type: string, { calendar }: Checker): Literal =>
  type === 'date' ? write('date', day) : write('timestamp', toInstant(day, calendar))

/** What keys are called in a sentence, behind `before`: ` for each plan and country`; nothing without keys. */
export const describeKeys = (before: string, keys: readonly BoundKey[]): string =>
  keys.length === 0 ? '' : `${before} ${keys.map(({ column }) => column.label).join(' and ')}`
