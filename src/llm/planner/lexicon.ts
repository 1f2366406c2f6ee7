import type { Catalog, Field, Metric, Model } from '../../catalog/catalog.ts'
import { toLookupKey, type Word } from './words.ts'

/** What a phrase of a question may stand for in the catalog. */
export type Meaning =
  | { readonly kind: 'model'; readonly model: string }
  | { readonly kind: 'metric'; readonly metric: Metric }
  | { readonly kind: 'field'; readonly model: string; readonly field: Field }
  | { readonly kind: 'value'; readonly model: string; readonly field: Field; readonly value: string }
  | { readonly kind: 'relation'; readonly model: string; readonly relation: string }

export interface Lexicon {
  readonly meanings: ReadonlyMap<string, readonly Meaning[]>
  /** Longest phrase, in words. */
  readonly wordsMax: number
}

interface Entry {
  readonly phrase: string
  readonly meaning: Meaning
}

/** `paid_at` is also called `paid`, `is_trial` also `trial`. */
function listFieldPhrases(field: Field): readonly string[] {
  const isTime = field.type === 'timestamp' || field.type === 'date'
  const root = isTime ? field.name.replace(/_(at|on|date|time)$/, '') : field.name.replace(/^(is|has)_/, '')
  return [field.name, field.label, root, ...field.synonyms]
}

function listModelEntries(model: Model): readonly Entry[] {
  const own = [model.name, model.label, ...model.synonyms].map((phrase) => ({
    phrase,
    meaning: { kind: 'model', model: model.name } as const,
  }))
  const fields = Object.values(model.fields).filter(({ hidden }) => !hidden)
  return [
    ...own,
    ...Object.values(model.metrics).flatMap((metric) =>
      [metric.name, metric.label, ...(metric.synonyms ?? [])].map((phrase) => ({
        phrase,
        meaning: { kind: 'metric', metric } as const,
      })),
    ),
    ...fields.flatMap((field) =>
      listFieldPhrases(field).map((phrase) => ({
        phrase,
        meaning: { kind: 'field', model: model.name, field } as const,
      })),
    ),
    ...fields.flatMap((field) =>
      field.values.flatMap(({ value, label }) =>
        [value, label].map((phrase) => ({
          phrase,
          meaning: { kind: 'value', model: model.name, field, value } as const,
        })),
      ),
    ),
    ...Object.values(model.relations).flatMap((relation) =>
      [relation.name, relation.label].map((phrase) => ({
        phrase,
        meaning: { kind: 'relation', model: model.name, relation: relation.name } as const,
      })),
    ),
  ]
}

const identify = (meaning: Meaning): string =>
  JSON.stringify(
    meaning.kind === 'metric'
      ? ['metric', meaning.metric.model, meaning.metric.name]
      : [
          meaning.kind,
          meaning.model,
          'field' in meaning ? meaning.field.name : '',
          'value' in meaning ? meaning.value : '',
          'relation' in meaning ? meaning.relation : '',
        ],
  )

const lexicons = new WeakMap<Catalog, Lexicon>()

/** Every name, label, synonym and known value of the catalog, by lookup key; hidden fields are not in it. Kept per catalog. */
export function createLexicon(catalog: Catalog): Lexicon {
  const known = lexicons.get(catalog)
  if (known) return known
  const meanings = new Map<string, Map<string, Meaning>>()
  let wordsMax = 1
  for (const { phrase, meaning } of Object.values(catalog.models).flatMap(listModelEntries)) {
    const key = toLookupKey(phrase)
    if (key === '' || /^\d+$/.test(key)) continue
    wordsMax = Math.max(wordsMax, phrase.split(/[\s_-]+/).length)
    const found = meanings.get(key) ?? new Map<string, Meaning>()
    meanings.set(key, found.set(identify(meaning), meaning))
  }
  const lexicon = {
    meanings: new Map([...meanings].map(([key, found]) => [key, [...found.values()]])),
    wordsMax: wordsMax + 1,
  }
  lexicons.set(catalog, lexicon)
  return lexicon
}

/** The longest phrase of the catalog that starts at word `at`. */
export function findMeanings(
  lexicon: Lexicon,
  words: readonly Word[],
  at: number,
): { readonly length: number; readonly meanings: readonly Meaning[] } | undefined {
  const first = words[at]
  if (!first || first.kind === 'sign' || first.kind === 'date') return undefined
  for (let length = Math.min(lexicon.wordsMax, words.length - at); length >= 1; length--) {
    const span = words.slice(at, at + length)
    if (span.some(({ kind }) => kind === 'sign' || kind === 'date')) continue
    const meanings = lexicon.meanings.get(span.map(({ stem }) => stem).join(''))
    if (meanings) return { length, meanings }
  }
  return undefined
}

/** Whether one insertion, deletion, change or swap makes `a` of `b`. */
function isOneEditApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const left = a.slice(start, a.length - end)
  const right = b.slice(start, b.length - end)
  if (left.length <= 1 && right.length <= 1) return true
  return left.length === 2 && left[0] === right[1] && left[1] === right[0]
}

/** What a misspelt word of at least five letters stands for, when one key alone is an edit away. */
export function findMisspelt(lexicon: Lexicon, stem: string): readonly Meaning[] | undefined {
  if (stem.length < 5) return undefined
  const near = [...lexicon.meanings.keys()].filter((key) => key.length >= 5 && isOneEditApart(stem, key))
  return near.length === 1 ? lexicon.meanings.get(near[0] ?? '') : undefined
}
