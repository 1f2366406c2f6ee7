import { addPeriods, type Stretch } from '../../base/periods.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { quoteName, quotePath } from '../../dsl/text/quote.ts'
import { findField } from '../data/find-field.ts'
import type { SliceValue } from '../hypothesis.ts'
import { writeCondition, writeStretch } from '../write/write-exploration.ts'
import { type Behaviour, firstDays, lastDay, pathOf } from './list-behaviours.ts'

/** Columns of those who began: what each did first, how much, whether until the end of the first days, and whether it came back. */
export const behaviourColumns = {
  member: 'member',
  value: 'value',
  did: 'did',
  cameBack: 'came_back',
  events: 'first_events',
  days: 'active_days',
  stayed: 'active_later',
  people: 'active_users',
} as const

const fieldColumn = (at: number): string => `of_${at}`

/** Columns within whose values those who began are compared. */
export const listStrataColumns = (
  fields: readonly string[],
  { people }: Pick<Behaviour, 'people'>,
): readonly string[] => [
  behaviourColumns.events,
  behaviourColumns.days,
  behaviourColumns.stayed,
  ...(people ? [behaviourColumns.people] : []),
  ...fields.map((_, at) => fieldColumn(at)),
]

export interface BehaviourSubject {
  readonly behaviour: Behaviour
  /** Days of beginnings, each with its whole window behind it. */
  readonly days: Stretch
  /** Fields of those who began within whose values they are compared. */
  readonly strata: readonly string[]
}

const writePath = (text: string): string => quotePath(text.split('.'))

interface Words {
  readonly path: string
  readonly at: string
  readonly began: string
}

const wordsOf = ({ returning }: Behaviour): Words => ({
  path: quotePath(returning.path),
  at: quoteName(returning.time),
  began: `this.${writePath(returning.began)}`,
})

/** Events from one day after the beginning to another. */
function writeWindow({ at, began }: Words, from: number, to: number): string {
  const after = (days: number) => (days === 0 ? began : `${began} + ${days} days`)
  return `${at} >= ${after(from)} and ${at} < ${after(to)}`
}

const writeWhether = (name: string, { path }: Words, condition: string): string =>
  `add ${name} = if(any(${path} where ${condition}), 1, 0)`

/** The lines up to one row for each who began and did anything in the first days; `more` stands before those who did nothing are left out. */
function writeMembers({ behaviour, days }: BehaviourSubject, more: readonly string[]): readonly string[] {
  const { returning, account, key, people } = behaviour
  const words = wordsOf(behaviour)
  const { path, at } = words
  const first = writeWindow(words, 0, firstDays)
  const { events, days: active, stayed, cameBack } = behaviourColumns
  const own = quoteName(key)
  return [
    `as of ${addPeriods(days.to, lastDay, 'day')}`,
    `from ${quoteName(returning.model)}`,
    `where ${writeStretch(returning.began, days)}`,
    `add ${events} = count(${path} where ${first})`,
    `add ${active} = count_distinct(day(${path}.${at}) where ${first})`,
    ...(people ? [`add ${behaviourColumns.people} = count_distinct(${quotePath(people)} where ${first})`] : []),
    writeWhether(stayed, words, writeWindow(words, firstDays / 2, firstDays)),
    writeWhether(cameBack, words, writeWindow(words, firstDays, lastDay)),
    ...more,
    `where ${events} > 0`,
    // those of one account do not decide by themselves
    ...(account === undefined
      ? []
      : [`where ${writePath(account)} is empty or ${own} = min(${own} per ${writePath(account)})`]),
  ]
}

const writeStrata = (fields: readonly string[]): readonly string[] =>
  fields.map((field, at) => `${fieldColumn(at)} = ${writePath(field)}`)

/** The exploration of all who began, a row for each of them and each value of the field that it did in the first days. */
export function writeBehaviours(subject: BehaviourSubject): string {
  const { behaviour, strata } = subject
  const { returning, field, key } = behaviour
  const { member, value, events, days, stayed, cameBack, people } = behaviourColumns
  const relation = returning.path.at(-1)!
  const [at, began] = [quotePath([relation, returning.time]), writePath(returning.began)]
  const keys = [
    `${member} = ${quoteName(key)}`,
    `${value} = ${quotePath([relation, field])}`,
    ...[events, days, stayed, cameBack],
    ...(behaviour.people ? [people] : []),
    ...writeStrata(strata),
  ]
  return [
    ...writeMembers(subject, []),
    `expand ${quotePath(returning.path)}`,
    `where ${at} >= ${began} and ${at} < ${began} + ${firstDays} days`,
    `group by ${keys.join(', ')}: times = count()`,
    '',
  ].join('\n')
}

/** The exploration that asks whether those who did the one thing come back more or less often than others who did as much. */
export function writeBehaviourTest(catalog: Catalog, subject: BehaviourSubject, value: SliceValue['value']): string {
  const { behaviour, strata } = subject
  const { field, returning } = behaviour
  const words = wordsOf(behaviour)
  const { did, cameBack } = behaviourColumns
  const type = findField(catalog, returning.model, pathOf(behaviour))?.field.type ?? 'text'
  const condition = `${writeCondition({ field, value }, type)} and ${writeWindow(words, 0, firstDays)}`
  const columns = listStrataColumns([], behaviour)
  const fields = strata.map((one, at) => `${writePath(one)} as ${fieldColumn(at)}`)
  return [
    ...writeMembers(subject, [writeWhether(did, words, condition)]),
    `show ${[did, cameBack, ...columns, ...fields].join(', ')}`,
    `test association ${cameBack} over ${did} by ${listStrataColumns(strata, behaviour).join(', ')}`,
    '',
  ].join('\n')
}
