import type { Catalog } from '../../catalog/catalog.ts'
import { quoteName } from '../../dsl/text/quote.ts'
import { giveUp } from './intent.ts'
import { placeField, placeRelated, placeValue, writeComparison, writeValueConditions } from './read-filters.ts'
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

interface Related {
  /** `invoices where status = "paid"`: what stands in the parentheses of an aggregate. */
  readonly text: string
  readonly usesRange: boolean
}

/** Related rows, narrowed by values in front of their name and by a stretch of time. */
function writeRelated(
  catalog: Catalog,
  base: string,
  noun: Mention | undefined,
  values: readonly Mention[],
  range: TimeRange | undefined,
): Related | undefined {
  const related = noun && placeRelated(catalog, base, noun)
  if (!related) return undefined
  const placed = values.map(
    (value) =>
      placeValue(catalog, related.model, value, []) ?? giveUp(`\`${value.text}\` is no value of \`${related.model}\``),
  )
  const time = range && findTimeField(catalog, related.model)
  const conditions = [
    ...writeValueConditions(placed),
    ...(range && time ? [`${quoteName(time)} ${range.condition}`] : []),
  ]
  const where = conditions.length > 0 ? ` where ${conditions.join(' and ')}` : ''
  return { text: related.path + where, usesRange: time !== undefined }
}

/** `with`, `without` and `more than n`: related rows that exist, do not, or are counted; an empty field; or values of the own row. */
export function readExistence(catalog: Catalog, structure: Structure, base: string): Existence {
  const { range } = structure
  const conditions: string[] = []
  const plain: Mention[] = []
  let usesRange = false
  const add = (condition: string, related: Related) => {
    conditions.push(condition)
    usesRange ||= related.usesRange
  }
  for (const run of structure.without) {
    const related = writeRelated(catalog, base, run.at(-1), run.slice(0, -1), range)
    const field = run.length === 1 && run[0] ? placeField(catalog, base, run[0]) : undefined
    if (related) add(`none(${related.text})`, related)
    else if (field) conditions.push(`${field.path} is empty`)
    else giveUp('it is not clear what is to be missing')
  }
  for (const run of structure.having) {
    const related = writeRelated(catalog, base, run.at(-1), run.slice(0, -1), range)
    if (related) add(`any(${related.text})`, related)
    else plain.push(...run)
  }
  for (const compared of structure.compared) {
    if (writeComparison(catalog, base, compared) !== undefined) continue
    const { operand, values, comparison, to } = compared
    const related = writeRelated(catalog, base, operand, values, range)
    if (related) add(`count(${related.text}) ${comparison} ${String(to)}`, related)
    else giveUp(`\`${operand.text}\` cannot be compared`)
  }
  return { conditions, plain, usesRange }
}
