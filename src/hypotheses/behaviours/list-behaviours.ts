import type { Catalog, Field, Metric, Model } from '../../catalog/catalog.ts'
import { findAccountKeys } from '../accounts/find-account-keys.ts'
import { listReturns, type Returning } from '../cohorts/find-returns.ts'

/** Days from the beginning on in which is looked at what one did, and the day up to which it is looked at whether one came back. */
export const firstDays = 14
export const lastDay = 45

/** What those who began lately did at first, by one field of their events, and whether they came back after. */
export interface Behaviour {
  readonly returning: Pick<Returning, 'model' | 'began' | 'path' | 'events' | 'time' | 'fields'>
  /** Field of the events whose values are what one does. */
  readonly field: string
  /** Field that is the key of one who began. */
  readonly key: string
  /** Path to the key of the account, where one belongs to one: of each account one is looked at. */
  readonly account: string | undefined
  /** Path from an account to the users behind what it does, where its events know them: of the busy ones many do, and one of many does each thing. */
  readonly people: readonly string[] | undefined
  /** How coming back is called and written in findings, as a metric is. */
  readonly subject: Pick<Metric, 'name' | 'measure' | 'label' | 'unit' | 'format' | 'good'>
}

const findKey = ({ key, fields }: Model): Field | undefined =>
  Object.values(fields).find(({ column, pii }) => key.length === 1 && column === key[0] && !pii)

function findPeople(
  { models }: Catalog,
  { path, events }: Pick<Returning, 'path' | 'events'>,
): readonly string[] | undefined {
  const relations = Object.values(models[events]?.relations ?? {})
  const user = relations.find(({ to, cardinality }) => cardinality === 'one' && models[to]?.semantics?.kind === 'user')
  return user && [...path, user.name]
}

/** Own fields of the events by which their metrics are cut, what the events are called first. */
function listEventFields({ metrics, fields, semantics }: Model, time: string): readonly string[] {
  const cut = Object.values(metrics).flatMap((metric) => (metric.time === time ? metric.slices : []))
  const own = [...new Set(cut)].filter((name) => fields[name] !== undefined && !fields[name].pii)
  return own.sort((a, b) => Number(b === semantics?.name) - Number(a === semantics?.name))
}

/**
 * What can be asked of the first days of all that begins and comes back. Users of accounts that begin and come back themselves are not asked about: it is
 * the account that decides, and what its users do is what it does.
 */
export function listBehaviours(catalog: Catalog): readonly Behaviour[] {
  const returns = listReturns(catalog)
  const isOfAccounts = returns.some(({ model }) => catalog.models[model]?.semantics?.kind === 'account')
  return returns.flatMap((returning): readonly Behaviour[] => {
    const [model, events] = [catalog.models[returning.model]!, catalog.models[returning.events]!]
    const key = findKey(model)
    const isAccount = model.semantics?.kind === 'account'
    const account = isAccount ? undefined : findAccountKeys(catalog, { model: model.name }, { kind: 'count' })?.[0]
    if (!key || (isOfAccounts && account !== undefined)) return []
    const subject = {
      name: `${model.name}_return`,
      measure: `came back in days ${firstDays + 1} to ${lastDay}`,
      label: `${model.label} return`,
      unit: undefined,
      format: 'percent' as const,
      good: 'up' as const,
    }
    return listEventFields(events, returning.time).map((field) => ({
      returning,
      field,
      key: key.name,
      account,
      people: isAccount ? findPeople(catalog, returning) : undefined,
      subject,
    }))
  })
}

/** The field of events as a path from those who began: `events.name`. */
export const pathOf = ({ returning, field }: Pick<Behaviour, 'returning' | 'field'>): string =>
  [...returning.path, field].join('.')
