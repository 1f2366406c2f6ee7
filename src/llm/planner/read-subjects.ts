import type { Catalog } from '../../catalog/catalog.ts'
import { giveUp } from './intent.ts'
import { findMeaning, isValueOf, listModels } from './mentions.ts'
import { findPath } from './paths.ts'
import { placeField, placeValue, writeComparison, writeValueConditions } from './read-filters.ts'
import type { MeasureReading } from './read-measure.ts'
import type { Structure } from './structure.ts'
import type { Mention } from './tag.ts'
import { readTimeField } from './time-field.ts'

/** What the mentions around a measure say about its rows. */
export interface Narrowing {
  readonly conditions: readonly string[]
  /** For the related rows of a measure per row. */
  readonly innerConditions: readonly string[]
  /** The time field that the question names. */
  readonly time: string | undefined
  readonly show: readonly string[]
}

const isReachable = (catalog: Catalog, base: string, mention: Mention): boolean =>
  listModels(catalog, mention).some((model) => model === base || findPath(catalog, base, model, 'one'))

/** `invoices paid last month` means the time, `paid invoices` the value: what stands behind the noun of a stretch of time is its time. */
function isTimeWord(structure: Structure, base: string, mention: Mention, catalog: Catalog): boolean {
  if (!readTimeField(mention, base) || !(structure.range || structure.grain)) return false
  const { subjects } = structure
  const noun = subjects.findIndex((other) => listModels(catalog, other).includes(base))
  return noun >= 0 && subjects.indexOf(mention) > noun
}

/** The creation field of `base`, where a word means another model's creation: "users who signed up". */
function readBorrowedTime(catalog: Catalog, base: string, mention: Mention): string | undefined {
  const created = catalog.models[base]?.semantics?.created
  const isCreation = findMeaning(mention, 'field').some(
    ({ model, field }) => catalog.models[model]?.semantics?.created === field.name,
  )
  return created && isCreation ? created : undefined
}

/** In a list, fields named before the rows are columns to show: "name and plan of enterprise accounts". */
function isShown(catalog: Catalog, structure: Structure, base: string, mention: Mention): boolean {
  const { subjects } = structure
  const at = subjects.indexOf(mention)
  const noun = subjects.findIndex((other) => listModels(catalog, other).includes(base))
  const before = subjects[at - 1]
  return structure.list && at >= 0 && at < noun && !(before && isValueOf(before, mention))
}

/** Every mention that is neither measure nor key must narrow the rows, name their time, be shown, or name what they belong to. */
export function readSubjects(
  catalog: Catalog,
  structure: Structure,
  reading: MeasureReading,
  rest: readonly Mention[],
): Narrowing {
  const { base, inner } = reading
  const values = rest.filter(
    (mention) => findMeaning(mention, 'value').length > 0 && !isTimeWord(structure, base, mention, catalog),
  )
  const hints = rest.filter((mention) => !values.includes(mention))
  const placedInner = values.flatMap((value) => {
    const place = inner && placeValue(catalog, inner.model, value, hints)
    return place?.distance === 0 ? [{ value, place }] : []
  })
  const placed = values
    .filter((value) => !placedInner.some((other) => other.value === value))
    .map((value) => placeValue(catalog, base, value, hints) ?? giveUp(`\`${value.text}\` is no value near \`${base}\``))
  const show: string[] = []
  const flags: string[] = []
  let time: string | undefined
  for (const mention of hints) {
    const named = readTimeField(mention, base)
    const field = placeField(catalog, base, mention)
    if (isReachable(catalog, base, mention)) continue
    if (field && !reading.measure && isShown(catalog, structure, base, mention)) show.push(field.path)
    else if (named) time = named
    else if (field && placed.some((place) => place.field.name === field.field.name)) continue
    else if (field?.field.type === 'boolean') flags.push(`${field.path} = true`)
    else if (readBorrowedTime(catalog, base, mention)) time = readBorrowedTime(catalog, base, mention)
    else if (field && !reading.measure) show.push(field.path)
    else if (!inner || !listModels(catalog, mention).includes(inner.model))
      giveUp(`it is not clear what \`${mention.text}\` is for`)
  }
  const compared = structure.compared.flatMap((comparison) => writeComparison(catalog, base, comparison) ?? [])
  return {
    conditions: [...writeValueConditions(placed), ...flags, ...compared],
    innerConditions: writeValueConditions(placedInner.map(({ place }) => place)),
    time,
    show,
  }
}
