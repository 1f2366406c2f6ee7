/** What is said behind a group of what belongs into it. */
import type { Scope } from '../check/checker.ts'
import { listKeys } from '../check/relation.ts'
import { quoteName, quotePath } from '../text/quote.ts'
import type { Path } from '../tree/ast.ts'
import type { Bound } from './bound.ts'

/** A column that was there above the group. */
export function refuseGrouped(path: Path, { checker, relation }: Scope): Bound {
  const text = quotePath(path.parts)
  const keys = listKeys(relation).map(quoteName).join(', ')
  return checker.report(path, {
    code: 'unknown-name',
    message: `\`${text}\` was a column above the group, and is none behind it`,
    hint: `Aggregates of it stand in the group, behind the colon: \`group ${keys === '' ? 'all' : `by ${keys}`}: x = max(${text})\`; one of its keys stays a column.`,
  })
}

/** How an aggregate is written that stands where there is one row; `whole` is its value over all rows. */
export function hintOutside(text: string, whole: string, { isCompared, relation }: Scope): string {
  const all = `Write \`${whole}\` for the value over all rows`
  if (relation.grouping && isCompared)
    return `Name it in the group above, as \`n = ${text}\` behind its colon, and compare \`n\`; \`${whole}\` is the value over all groups.`
  return isCompared
    ? `${all}.`
    : `Use it in \`group by\`, as \`group all: n = ${text}\` for one row. ${all} beside each row.`
}
