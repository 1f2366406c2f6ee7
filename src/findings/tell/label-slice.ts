import type { Catalog } from '../../catalog/catalog.ts'
import { findField } from '../../hypotheses/data/find-field.ts'
import type { Hypothesis, Slice, SliceValue } from '../../hypotheses/hypothesis.ts'
import { nameSlice } from '../../hypotheses/templates/slice-moved.ts'

/** Words a label may end with so that a value can follow it: `came from` paid_search, `paid by` card. */
const endsOpen = /\s(from|by|in|at|on|via|through|of|to|with|for)$/i

const lowerFirst = (text: string): string => (/^[A-Z][a-z]/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text)

const splitName = (name: string): string => name.replaceAll('_', ' ')

interface Words {
  readonly field: string
  readonly value: string
}

function wordsOf(catalog: Catalog, model: string, { field: path, value }: SliceValue): Words {
  const field = findField(catalog, model, path)?.field
  const name = lowerFirst(field?.label ?? splitName(path.split('.').at(-1) ?? path))
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

/** `with plan enterprise and country EE`, `that came from paid_search`: behind a metric's name. Empty for the whole metric. */
export function phraseSlice(catalog: Catalog, model: string, slice: Slice): string {
  const words = slice.map((one) => wordsOf(catalog, model, one))
  const verbs = words.filter(({ field }) => endsOpen.test(field)).map(({ field, value }) => `${field} ${value}`)
  const nouns = words.filter(({ field }) => !endsOpen.test(field)).map(({ field, value }) => `${field} ${value}`)
  return [nouns.length > 0 ? `with ${nouns.join(' and ')}` : '', verbs.length > 0 ? `that ${verbs.join(' and ')}` : '']
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
