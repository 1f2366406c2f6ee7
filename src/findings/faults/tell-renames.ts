import { daysBetween } from '../../base/periods.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { findField } from '../../hypotheses/data/find-field.ts'
import type { Controlled } from '../errors/control-errors.ts'
import { isPattern } from '../tell/pattern.ts'
import type { DataFault, RenamedValue } from './data-fault.ts'

/** Days by which the onset of what a new name makes may seem to lie off. */
const onsetDaysMax = 10

interface Told<C extends Controlled> {
  readonly lead: C
  readonly merged: readonly C[]
  readonly fault?: DataFault
}

/**
 * Tells a value that goes on under another name once, in place of all that it makes: the old name that stopped, the new one that came from nothing, metrics
 * that count the old name, and patterns of the field. The lead is the surest verdict about the old name. A rename of which nothing held up is not told.
 */
export function tellRenames<C extends Controlled, S extends Told<C>>(
  stories: readonly S[],
  renames: readonly RenamedValue[],
  catalog: Catalog,
): readonly (S | Told<C>)[] {
  let open: readonly (S | Told<C>)[] = stories
  for (const rename of renames) {
    const isOwn = ({ lead, fault }: S | Told<C>) => fault === rename || (!fault && isMadeBy(lead, rename, catalog))
    const own = open.filter(isOwn)
    if (own.length === 0) continue
    const all = own.flatMap(({ lead, merged }) => [lead, ...merged])
    const lead = all.filter((one) => isOfOldName(one, rename)).sort(bySurety)[0] ?? own[0]!.lead
    const merged = all.filter((one) => one !== lead)
    open = [...open.filter((one) => !isOwn(one)), { lead, merged, fault: rename }]
  }
  return open
}

const bySurety = (a: Controlled, b: Controlled): number =>
  Number(isPattern(a.verdict)) - Number(isPattern(b.verdict)) ||
  a.verdict.numbers.pValue - b.verdict.numbers.pValue ||
  (a.verdict.hypothesis.text < b.verdict.hypothesis.text ? -1 : 1)

const isOfOldName = ({ verdict: { hypothesis } }: Controlled, { model, field, from }: RenamedValue): boolean =>
  hypothesis.model === model &&
  hypothesis.slice.length === 1 &&
  hypothesis.slice[0]!.field === field &&
  hypothesis.slice[0]!.value === from

/** Whether a verdict follows from the new name: it is about one of both, counts the old one, or puts the values of the field beside each other. */
export function isMadeBy(
  { verdict: { hypothesis, numbers } }: Controlled,
  { owned, from, to, since }: RenamedValue,
  catalog: Catalog,
): boolean {
  const { model, slice, by = [], measure } = hypothesis
  if (numbers.from === null) return false
  const ownerOf = (path: string) => {
    const owner = findField(catalog, model, path)
    return owner && `${owner.model}.${owner.field.name}`
  }
  const isAtOnce = Math.abs(daysBetween(numbers.from, since)) <= onsetDaysMax
  const isBeside = by.some((field) => ownerOf(field) === owned)
  const lasts = daysBetween(numbers.from, since) >= 0 && (numbers.to === null || numbers.to > since)
  if (isBeside) return isAtOnce || lasts
  const isOfName = slice.some(({ field, value }) => ownerOf(field) === owned && (value === from || value === to))
  const countsName = measure.includes(owned.split('.').at(-1)!) && measure.includes(JSON.stringify(String(from)))
  return isAtOnce && (isOfName || countsName)
}
