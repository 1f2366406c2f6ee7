import type { Catalog, Model } from '../../catalog/catalog.ts'
import type { Slice } from '../hypothesis.ts'
import { findPath } from './find-account-keys.ts'

/** Path to the key of the accounts, users or other things behind a model's rows, and what one is called. */
export interface UnitKey {
  readonly path: string
  readonly label: string
  /** Whether they are accounts. */
  readonly isAccount: boolean
  /** Whether each is a row by itself. */
  readonly isRow: boolean
}

/** The accounts behind a model's rows, or its users where users have none; undefined where there are neither, and where each row is one. */
export function findUnitKey(catalog: Catalog, from: string): UnitKey | undefined {
  const found = findPath(catalog, from, 'account') ?? findPath(catalog, from, 'user')
  if (!found || found.steps.length === 0) return undefined
  return toUnitKey(found.steps, found.model)
}

/** The rows themselves: one large amount makes a day's mean, or sum, of few. */
export function findRowKey({ models }: Catalog, from: string): UnitKey | undefined {
  const model = models[from]
  return model && toUnitKey([], model)
}

/**
 * Paths to the keys of what a row belongs to and a slice's fields are of (the event of `event.genre`, the campaign of `campaign.theme`), but for accounts and
 * users.
 */
export function listOwnerKeys({ models }: Catalog, from: string, slice: Slice): readonly UnitKey[] {
  const steps = new Set(slice.flatMap(({ field }) => field.split('.').slice(0, -1).slice(0, 1)))
  return [...steps].flatMap((step) => {
    const relation = models[from]?.relations[step]
    const model = relation?.cardinality === 'one' ? models[relation.to] : undefined
    const kind = model?.semantics?.kind
    return model && kind !== 'account' && kind !== 'user' ? (toUnitKey([step], model) ?? []) : []
  })
}

function toUnitKey(steps: readonly string[], model: Model): UnitKey | undefined {
  const key = Object.values(model.fields).find(({ column }) => model.key.length === 1 && column === model.key[0])
  const isAccount = model.semantics?.kind === 'account'
  return key && { path: [...steps, key.name].join('.'), label: model.label, isAccount, isRow: steps.length === 0 }
}
