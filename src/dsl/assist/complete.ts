import type { Source, Span } from '../../base/diagnostic.ts'
import { grains } from '../../base/periods.ts'
import type { Catalog, Field, Model } from '../../catalog/catalog.ts'
import type { CheckContext } from '../check/check.ts'
import { findOwn } from '../check/find-own.ts'
import type { Relation } from '../check/relation.ts'
import { functionFamilies } from '../functions/index.ts'
import { steps } from '../steps/index.ts'
import { formatValue, quoteName } from '../text/quote.ts'
import { chartMarks } from '../tree/ast.ts'
import { findEventModel, findFieldAt, findInnerModel, followPath, readPathBefore } from './find-owner.ts'
import { findPlace, type Place } from './find-place.ts'

export const completionKinds = ['step', 'model', 'metric', 'field', 'relation', 'function', 'value', 'word'] as const

/** Something that may stand at the cursor. */
export interface Completion {
  readonly label: string
  readonly kind: (typeof completionKinds)[number]
  /** What it is, in a few words: a type, a signature. */
  readonly detail: string
  /** A sentence or two, where there is one. */
  readonly about?: string
  /** What is put in the place of `span`. */
  readonly text: string
  readonly span: Span
}

type Item = Omit<Completion, 'span' | 'text'> & { readonly text?: string }

const rangeWords = ['last', 'next', 'this', ...grains.slice(2).map((grain) => `${grain} to date`)]

const listSteps = (isFirst: boolean): readonly Item[] => {
  const written = steps.map(
    ({ name, grammar, summary }): Item => ({
      label: name,
      kind: 'step',
      detail: grammar[0] ?? '',
      about: summary,
    }),
  )
  return isFirst ? written.filter(({ label }) => label.startsWith('from')) : written
}

const listModels = ({ models }: Catalog): readonly Item[] =>
  Object.values(models).map(({ name, label, description }) => ({
    label: name,
    kind: 'model',
    detail: label,
    ...(description === undefined ? {} : { about: description }),
    text: quoteName(name),
  }))

const listMetrics = (models: readonly Model[], call: string): readonly Item[] =>
  models
    .flatMap(({ metrics }) => Object.values(metrics))
    .map(({ name, label, measure, description }) => ({
      label: `${name}${call}`,
      kind: 'metric',
      detail: `${label}: ${measure}`,
      ...(description === undefined ? {} : { about: description }),
      text: `${quoteName(name)}${call}`,
    }))

/** Fields and relations of a model; hidden fields and those about persons are found by nobody who does not know them. */
const listMembers = (model: Model | undefined): readonly Item[] =>
  model === undefined
    ? []
    : [
        ...Object.values(model.fields)
          .filter(({ hidden }) => !hidden)
          .map(
            ({ name, type, label, description, unit }): Item => ({
              label: name,
              kind: 'field',
              detail: `${type}${unit === undefined ? '' : `, ${unit}`} · ${label}`,
              ...(description === undefined ? {} : { about: description }),
              text: quoteName(name),
            }),
          ),
        ...Object.values(model.relations).map(
          ({ name, to, cardinality, label }): Item => ({
            label: name,
            kind: 'relation',
            detail: `${cardinality === 'many' ? 'many' : 'one'} ${to} · ${label}`,
            text: quoteName(name),
          }),
        ),
      ]

const listColumns = ({ columns }: Relation): readonly Item[] =>
  columns.map(({ name, type, label, unit }) => ({
    label: name,
    kind: 'field',
    detail: `${type}${unit === undefined ? '' : `, ${unit}`} · ${label}`,
    text: quoteName(name),
  }))

/** Functions that may stand where there are rows around, or, without `across`, in a condition of related rows. */
const listFunctions = (across: boolean): readonly Item[] =>
  functionFamilies.flatMap(({ functions }) =>
    functions
      .filter(({ kind }) => across || kind !== 'across')
      .map(({ name, signature, summary, example }) => ({
        label: name,
        kind: 'function',
        detail: signature,
        about: `${summary} \`${example}\``,
        text: `${name}(`,
      })),
  )

/** What may stand in an expression: columns first, then relations, metrics and functions. */
function listForExpression({ before, relation }: Place, catalog: Catalog): readonly Item[] {
  if (before.at(-1)?.value === '.') {
    const inner = findInnerModel(before, relation, catalog)
    return listMembers(followPath(readPathBefore(before), inner ?? relation.rows?.scan.model, catalog))
  }
  const inner = findInnerModel(before, relation, catalog)
  if (inner) return [...listMembers(inner), ...listFunctions(false)]
  const model = relation.rows?.scan.model
  const members = listMembers(model).filter(({ label }) => !relation.columns.some(({ name }) => name === label))
  return [...listColumns(relation), ...members, ...(model ? listMetrics([model], '()') : []), ...listFunctions(true)]
}

/** The field that holds the names of events, where a stage of a funnel begins. */
function findStageField({ before, relation }: Place, catalog: Catalog): Field | undefined {
  const model = [':', 'then'].includes(before.at(-1)?.value ?? '') && findEventModel(before, relation, catalog)
  return model ? findOwn(model.fields, model.semantics?.name) : undefined
}

/** Known values of the field that a text is compared with. */
function listValues(place: Place, catalog: Catalog): readonly Item[] {
  const { before, relation } = place
  const operator = before.findLastIndex(({ kind, value }) => kind === 'symbol' && ['=', '!=', '('].includes(value))
  const isList = before[operator]?.value === '(' && before[operator - 1]?.value === 'in'
  const end = isList ? operator - (before[operator - 2]?.value === 'not' ? 2 : 1) : operator
  const inner = findInnerModel(before.slice(0, end), relation, catalog)
  const field = operator < 0 ? undefined : findFieldAt(readPathBefore(before, end), inner, relation, catalog)
  return ((findStageField(place, catalog) ?? field)?.values ?? []).map(({ value, label }) => ({
    label: value,
    kind: 'value',
    detail: label,
    text: formatValue(value, 'text').slice(1, -1),
  }))
}

const listWords = (words: readonly string[]): readonly Item[] =>
  words.map((label) => ({ label, kind: 'word', detail: '' }))

const listBlocks = (names: readonly string[]): readonly Item[] =>
  names.map((label) => ({ label, kind: 'word', detail: 'block', text: quoteName(label) }))

function listAt(place: Place, catalog: Catalog): readonly Item[] {
  const { before, isFirst, isInText, relation } = place
  const words = before.map(({ value }) => value.toLowerCase())
  const [verb, second] = words
  if (isInText) return listValues(place, catalog)
  if (verb === undefined) return listSteps(isFirst)
  const isOfBlock = words.length === 2 && second === 'block' && ['from', 'join', 'append'].includes(verb)
  if (isOfBlock && place.blocks.length > 0) return listBlocks(place.blocks)
  if ((verb === 'join' || verb === 'append') && words.length === 1) return listWords(['block'])
  if (verb === 'from' && words.length === 1)
    return [...listModels(catalog), ...listWords(['metric', ...(place.blocks.length > 0 ? ['block'] : [])])]
  if (verb === 'from' && second === 'metric' && !words.includes('by') && !words.includes('where'))
    return listMetrics(Object.values(catalog.models), '')
  if (verb === 'chart') return words.length === 1 ? listWords(chartMarks) : listColumns(relation)
  if (verb === 'unpivot' || verb === 'totals' || (verb === 'join' && words.includes('on'))) return listColumns(relation)
  if (verb === 'fill' || verb === 'test') return words.length === 1 && verb === 'test' ? [] : listColumns(relation)
  if (words.at(-1) === 'in') return listWords(rangeWords)
  return listForExpression(place, catalog)
}

/**
 * What may stand at `offset` of a text that is being written, most likely first; only what starts as the word there does. Shared by the
 * language server and the explorer page.
 */
export function complete(source: Source, offset: number, context: CheckContext): readonly Completion[] {
  const place = findPlace(source, offset, context)
  const span = { start: place.start, end: offset }
  const wanted = place.word.replace(/^`/, '').toLowerCase()
  const seen = new Set<string>()
  return listAt(place, context.catalog).flatMap((item) => {
    if (!item.label.toLowerCase().startsWith(wanted) || seen.has(item.label)) return []
    seen.add(item.label)
    return [{ ...item, text: item.text ?? item.label, span }]
  })
}
