import type { Catalog } from '../../catalog/catalog.ts'
import { quoteName } from '../../dsl/quote.ts'
import { giveUp } from './intent.ts'
import { placeField, placeRelated, placeValue, writeValueConditions } from './read-filters.ts'
import type { TimeRange } from './read-time.ts'
import type { Structure } from './structure.ts'
import type { Mention } from './tag.ts'
import { findTimeField } from './time-field.ts'

export interface Existence {
  readonly conditions: readonly string[]
  /** Mentions behind `with` that are plainly values or fields of the own row. */
  readonly plain: readonly Mention[]
  /** Whether a stretch of time narrows the related rows and not the own ones. */
  readonly usesRange: boolean
}

/** `count(users) = 0`, `count(invoices where status = "paid") > 0`; a stretch of time narrows what is counted. */
function writeExistence(
  catalog: Catalog,
  base: string,
  run: readonly Mention[],
  sign: '= 0' | '> 0',
  range: TimeRange | undefined,
): { readonly condition: string; readonly usesRange: boolean } | undefined {
  const noun = run.at(-1)
  const related = noun && placeRelated(catalog, base, noun)
  if (!related) return undefined
  const values = run
    .slice(0, -1)
    .map(
      (value) =>
        placeValue(catalog, related.model, value, []) ??
        giveUp(`\`${value.text}\` is no value of \`${related.model}\``),
    )
  const time = range && findTimeField(catalog, related.model)
  const inner = [...writeValueConditions(values), ...(range && time ? [`${quoteName(time)} ${range.condition}`] : [])]
  const where = inner.length > 0 ? ` where ${inner.join(' and ')}` : ''
  return { condition: `count(${related.path}${where}) ${sign}`, usesRange: time !== undefined }
}

/** `with` and `without`: related rows that exist or do not, an empty field, or plainly values of the own row. */
export function readExistence(catalog: Catalog, structure: Structure, base: string): Existence {
  const conditions: string[] = []
  const plain: Mention[] = []
  let usesRange = false
  for (const run of structure.without) {
    const found = writeExistence(catalog, base, run, '= 0', structure.range)
    const field = run.length === 1 && run[0] ? placeField(catalog, base, run[0]) : undefined
    if (found) conditions.push(found.condition)
    else if (field) conditions.push(`${field.path} is empty`)
    else giveUp('it is not clear what is to be missing')
    usesRange ||= found?.usesRange ?? false
  }
  for (const run of structure.having) {
    const found = writeExistence(catalog, base, run, '> 0', structure.range)
    if (found) conditions.push(found.condition)
    else plain.push(...run)
    usesRange ||= found?.usesRange ?? false
  }
  return { conditions, plain, usesRange }
}
