import MiniSearch from 'minisearch'
import type { Catalog, Model } from '../catalog/catalog.ts'
import { singularize } from './planner/words.ts'

/** Something that the catalog knows, as search finds it. */
export interface CatalogEntry {
  readonly kind: 'model' | 'field' | 'value' | 'metric' | 'exploration'
  readonly model: string
  /** Name of the field or metric, the value, the exploration's title. */
  readonly name: string
  readonly title: string
  readonly description: string
  /** Text of a pre-built exploration. */
  readonly exploration?: string
}

export interface SearchHit extends CatalogEntry {
  /** 0..1, against the best possible match of the query. */
  readonly score: number
}

export interface CatalogSearch {
  /** Best first. */
  search(query: string, limit: number, kind?: CatalogEntry['kind']): readonly SearchHit[]
}

interface Document extends CatalogEntry {
  readonly id: number
  readonly synonyms: string
}

const split = (text: string): readonly string[] => text.match(/[\p{L}\d]+/gu) ?? []

function listEntries(model: Model): readonly Omit<Document, 'id'>[] {
  const fields = Object.values(model.fields).filter(({ hidden, pii }) => !hidden && !pii)
  return [
    {
      kind: 'model',
      model: model.name,
      name: model.name,
      title: model.label,
      description: model.description ?? '',
      synonyms: model.synonyms.join(' '),
    },
    ...fields.map((field) => ({
      kind: 'field' as const,
      model: model.name,
      name: field.name,
      title: field.label,
      description: [field.description, `of ${model.label}`].filter(Boolean).join(' '),
      synonyms: field.synonyms.join(' '),
    })),
    ...fields.flatMap((field) =>
      field.values.map(({ value, label }) => ({
        kind: 'value' as const,
        model: model.name,
        name: `${field.name} = ${value}`,
        title: label,
        description: `${field.label} of ${model.label}`,
        synonyms: value,
      })),
    ),
    ...Object.values(model.metrics).map((metric) => ({
      kind: 'metric' as const,
      model: model.name,
      name: metric.name,
      title: metric.label,
      description: [metric.description, metric.measure, model.label].filter(Boolean).join(' '),
      synonyms: metric.synonyms?.join(' ') ?? '',
    })),
    ...model.explorations.map(({ title, text }) => ({
      kind: 'exploration' as const,
      model: model.name,
      name: title,
      title,
      description: `${text} ${model.label} ${model.synonyms.join(' ')}`,
      synonyms: '',
      exploration: text,
    })),
  ]
}

const stopWords = new Set(
  'a an the of by per in for to and or is are what which how many show me our we do with on from'.split(' '),
)

const searches = new WeakMap<Catalog, CatalogSearch>()

/**
 * Search by words over what the catalog holds: prefixes and one typing mistake are forgiven, titles count most. Hidden and personal
 * fields are not in it. Kept per catalog.
 */
export function createSearch(catalog: Catalog): CatalogSearch {
  const known = searches.get(catalog)
  if (known) return known
  const documents: readonly Document[] = Object.values(catalog.models)
    .flatMap(listEntries)
    .map((entry, id) => ({ ...entry, id }))
  const index = new MiniSearch<Document>({
    fields: ['title', 'name', 'synonyms', 'description'],
    tokenize: (text) => [...split(text)],
    processTerm: (term) => (stopWords.has(term.toLowerCase()) ? null : singularize(term)),
    searchOptions: {
      boost: { title: 3, name: 2, synonyms: 2 },
      prefix: (term) => term.length >= 3,
      fuzzy: (term) => (term.length >= 5 ? 1 : false),
    },
  })
  index.addAll(documents)

  /** The raw score grows with rarity and length; what is shown says how many of the query's words are met, and in the title best. */
  const search: CatalogSearch['search'] = (query, limit, kind) => {
    const terms = new Set(
      split(query)
        .map(singularize)
        .filter((term) => !stopWords.has(term)),
    )
    const found = index.search(query, { filter: ({ id }) => kind === undefined || documents[id]?.kind === kind })
    const best = found[0]?.score ?? 1
    return found.slice(0, limit).flatMap(({ id, score, queryTerms, match }) => {
      const document = documents[id]
      if (!document) return []
      const { id: _, synonyms: __, ...entry } = document
      const met = Math.min(1, new Set(queryTerms).size / terms.size)
      const named = Object.values(match).filter((fields) => fields.some((field) => field !== 'description')).length
      const share = (met + Math.min(met, named / terms.size)) / 2
      return [{ ...entry, score: Math.round(100 * share * (0.5 + (0.5 * score) / best)) / 100 }]
    })
  }
  const created = { search }
  searches.set(catalog, created)
  return created
}
