import type { Catalog } from '../../catalog/catalog.ts'
import { findField } from '../../hypotheses/data/find-field.ts'
import type { Hypothesis, Slice, SliceValue } from '../../hypotheses/hypothesis.ts'
import { nameSlice } from '../../hypotheses/templates/slice-moved.ts'

/** Words a label may end with so that a value can follow it: `came from` paid_search, `paid by` card. */
const endsOpen = /\s(from|by|in|at|on|via|through|of|to|with|for)$/i

const lowerFirst = (text: string): string => (/^[A-Z][a-z]/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text)

const splitName = (name: string): string => name.replaceAll('_', ' ')

/** First words of labels that tell what was done to the rows: `acquired by`, `sold in`; those of what they did themselves (`came from`) take a `that`. */
const wasDone = /^\w+ed\s|^(paid|sold|sent|made|held|bought|built|won|given|taken|drawn|written|put)\s/i

/** Names of fields that say what they are only together with the thing that has them. */
const ofThing = new Set(['kind', 'type', 'status', 'size', 'state', 'category', 'level', 'tier', 'code', 'class'])

/** What the field at the end of a path is called: that of another thing by that thing, where its own name could be anybody's (`operator`, `site kind`). */
function nameField(catalog: Catalog, model: string, path: string): string {
  const found = findField(catalog, model, path)
  const parts = path.split('.')
  const plain = splitName(parts.at(-1) ?? path)
  const label = lowerFirst(found?.field.label ?? plain)
  const thing = labelRelation(catalog, model, parts.slice(0, -1))
  if (!found || thing === undefined || label !== plain) return label
  const { semantics } = catalog.models[found.model]!
  if (semantics?.name === found.field.name || plain === 'name' || plain === 'title') return thing
  return ofThing.has(plain) ? `${thing} ${plain}` : label
}

/** What the last relation of a path is called; undefined for a field of the model itself. */
function labelRelation({ models }: Catalog, from: string, steps: readonly string[]): string | undefined {
  let model = models[from]
  let label: string | undefined
  for (const step of steps) {
    const relation = model?.relations[step]
    label = lowerFirst(relation?.label ?? splitName(step))
    model = relation && models[relation.to]
  }
  return label
}

interface Words {
  readonly field: string
  readonly value: string
}

function wordsOf(catalog: Catalog, model: string, { field: path, value }: SliceValue): Words {
  const field = findField(catalog, model, path)?.field
  const name = nameField(catalog, model, path)
  if (value === null) return { field: name, value: '(empty)' }
  if (typeof value === 'boolean') return { field: name, value: value ? 'yes' : 'no' }
  const label = field?.values.find((one) => one.value === String(value))?.label
  return { field: name, value: label ?? String(value) }
}

/** `Enterprise`: a value by its label. */
export const labelValue = (catalog: Catalog, model: string, value: SliceValue): string =>
  wordsOf(catalog, model, value).value

/** `plan enterprise, country EE`: for lists and charts. Empty for the whole metric. */
export const labelSlice = (catalog: Catalog, model: string, slice: Slice): string =>
  slice
    .map((one) => wordsOf(catalog, model, one))
    .map(({ field, value }) => `${field} ${value}`)
    .join(', ')

/** `with plan enterprise and country EE`, `that came from paid_search`, `acquired by street`: behind a metric's name. Empty for the whole metric. */
export function phraseSlice(catalog: Catalog, model: string, slice: Slice): string {
  const words = slice.map((one) => wordsOf(catalog, model, one))
  const join = (before: string, isOne: (field: string) => boolean): string => {
    const own = words.filter(({ field }) => isOne(field)).map(({ field, value }) => `${field} ${value}`)
    return own.length > 0 ? `${before}${own.join(' and ')}` : ''
  }
  return [
    join('', (field) => endsOpen.test(field) && wasDone.test(field)),
    join('with ', (field) => !endsOpen.test(field)),
    join('that ', (field) => endsOpen.test(field) && !wasDone.test(field)),
  ]
    .filter(Boolean)
    .join(' ')
}

/** `country and plan`: fields as a headline names them. */
export const labelFields = (catalog: Catalog, model: string, fields: readonly string[] = []): string =>
  fields.map((path) => wordsOf(catalog, model, { field: path, value: null }).field).join(' and ')

/** What a hypothesis claims, its values called as the catalog calls them: `signups with plan Enterprise changed level`. */
export const labelStatement = (
  catalog: Catalog,
  { statement, slice, model }: Pick<Hypothesis, 'statement' | 'slice' | 'model'>,
): string => statement.replace(`where ${nameSlice(slice)}`, () => phraseSlice(catalog, model, slice))
