import type { Catalog } from '../../catalog/catalog.ts'
import { quoteName } from '../../dsl/text/quote.ts'
import { giveUp } from './intent.ts'
import { findMeaning, listModels } from './mentions.ts'
import { findSize } from './read-filters.ts'
import type { Structure } from './structure.ts'
import type { Mention } from './tag.ts'
import { findTimeField } from './time-field.ts'

const isNamed = (mention: Mention): boolean =>
  mention.meanings.some(({ kind }) => kind === 'model' || kind === 'field' || kind === 'relation')

/** "the highest mrr by plan" ranks nothing: it asks for a largest value. */
function toExtreme(structure: Structure): Structure {
  const { rank, unit, fn, counts } = structure
  const measure = rank?.by === 'measure' ? rank.measure : undefined
  const isNumber = measure && findMeaning(measure, 'field').some(({ field }) => field.type === 'number')
  if (!rank || !isNumber || unit || fn || counts || rank.count !== undefined) return structure
  return {
    ...structure,
    rank: undefined,
    fn: rank.descending ? 'max' : 'min',
    subjects: [...structure.subjects, measure],
  }
}

/** Finds out what is ranked: said behind `top`, behind `which`, or the first thing named. */
export function settleRank(structure: Structure): {
  readonly structure: Structure
  readonly noun: Mention | undefined
} {
  const { rank, subjects, which } = structure
  if (!rank) return { structure, noun: undefined }
  if (rank.noun) return { structure, noun: rank.noun }
  const noun = which && subjects.includes(which) ? which : subjects.find(isNamed)
  if (!noun) return { structure: toExtreme(structure), noun }
  return { structure: { ...structure, subjects: subjects.filter((other) => other !== noun) }, noun }
}

export interface RankedRows {
  readonly base: string
  readonly by: string
  readonly used: readonly Mention[]
}

/** Rows ranked by a field of their own: `top 10 invoices by amount`, `newest accounts`, `largest invoices`. */
export function readRankedRows(
  catalog: Catalog,
  structure: Structure,
  noun: Mention | undefined,
): RankedRows | undefined {
  const { rank } = structure
  if (!rank) return undefined
  const isSwapped = rank.by === 'measure' && !noun && rank.measure && !structure.unit && !structure.fn
  const row = isSwapped ? rank.measure : noun
  const [base, second] = row ? listModels(catalog, row) : []
  if (!row || !base || second) return undefined
  const { measure } = rank
  if (rank.by === 'time') {
    const time = findTimeField(catalog, base) ?? giveUp(`\`${base}\` has no one time field`)
    return { base, by: quoteName(time), used: [row] }
  }
  if (isSwapped || !measure) {
    const kind = catalog.models[base]?.semantics?.kind
    if (kind === 'account' || kind === 'user') giveUp(`it is not clear by what \`${base}\` is to be ranked`)
    return { base, by: findSize(catalog, base), used: [row] }
  }
  if (structure.fn || structure.counts) return undefined
  const own = findMeaning(measure, 'field').find(({ model, field }) => model === base && field.type === 'number')
  return own && { base, by: quoteName(own.field.name), used: [row, measure] }
}
