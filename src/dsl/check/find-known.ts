import type { Model } from '../../catalog/catalog.ts'
import { findUnit } from '../text/parse-range.ts'
import { quoteName } from '../text/quote.ts'
import type { Scope } from './checker.ts'
import { findOwn } from './find-own.ts'
import { isSameWord } from './same-word.ts'

/** What is said of a name that is no column where it stands, and yet is known; `text` is what was surely meant. */
interface Known {
  readonly message: string
  readonly hint: string
  readonly text?: string
}

/** Moments that other languages name without parentheses, or the language only as ranges. */
const moments: Readonly<Record<string, string>> = {
  current_date: 'today()',
  current_timestamp: 'now()',
  localtimestamp: 'now()',
  sysdate: 'today()',
  today: 'today()',
  now: 'now()',
  yesterday: 'today() - 1 day',
  tomorrow: 'today() + 1 day',
}

/** `n` beside the measure `n = count()`; `group by month` of rows whose time the catalog knows. */
export function findKnown(name: string, model: Model | undefined, { beside, outer }: Scope): Known | undefined {
  if (beside?.has(name))
    return {
      message: `\`${name}\` is made in this group, and is a column only behind it`,
      hint: `Write what is made of it on a line below, as \`add x = ${quoteName(name)} …\`.`,
    }
  const moment = findOwn(moments, name.toLowerCase())
  if (moment !== undefined)
    return { message: `\`${name}\` is written \`${moment}\``, hint: `Write \`${moment}\`.`, text: moment }
  const time = model?.semantics?.time ?? model?.semantics?.created
  if (findUnit(name) !== name || outer || time === undefined || !findOwn(model?.fields, time)) return undefined
  const text = `${name}(${quoteName(time)})`
  return { message: `\`${name}\` is said of a time`, hint: `Write \`${text}\`.`, text }
}

/** Relations of `model` that lead to the model called `name`. */
export const findByModel = (name: string, model: Model | undefined): readonly string[] =>
  Object.values(model?.relations ?? {})
    .filter(({ to }) => isSameWord(to, name))
    .map((relation) => relation.name)

/** Names that could stand where `found.model` was asked, or the columns of the rows at hand. */
export function listNames(model: Model | undefined, { relation }: Scope, isFirst: boolean): readonly string[] {
  const columns = isFirst ? relation.columns.map(({ name }) => name) : []
  if (!model) return columns
  const fields = Object.values(model.fields).filter(({ hidden }) => !hidden)
  return [...new Set([...columns, ...fields.map(({ name }) => name), ...Object.keys(model.relations)])]
}

export const describeChoice = (names: readonly string[]): string =>
  names.length === 0
    ? 'There are no columns here.'
    : `There is ${names
        .slice(0, 12)
        .map((name) => `\`${name}\``)
        .join(', ')}${names.length > 12 ? ` and ${names.length - 12} more` : ''}.`
