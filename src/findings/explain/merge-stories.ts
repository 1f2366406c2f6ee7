import { addPeriods, type Day } from '../../base/periods.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { findField } from '../../hypotheses/data/find-field.ts'
import type { Slice } from '../../hypotheses/hypothesis.ts'
import type { Candidate, Story } from '../candidate.ts'
import { isPattern } from '../tell/pattern.ts'
import { bendsInto } from './compare-onsets.ts'
import { isWithin } from './compare-slices.ts'

/** Onsets of one story in two metrics lie at most this many days apart; what comes later may still be its consequence. */
const onsetDaysMax = 10
/** Of a mean and of a sum of the same rows, which follows it. */
const onsetDaysOfSum = 28

interface LookUps {
  readonly catalog: Catalog
  readonly timeOf: (metric: Candidate) => string
  /** Whether nothing is left of a movement without the rows of a narrower one. */
  readonly isCalmWithout: (wide: Candidate, narrow: Candidate) => Promise<boolean>
}

interface Told {
  readonly story: Story
  readonly model: string
  readonly time: string
  /** Conditions by the model that owns the field: `plan` of an account and `account.plan` of an event are one. */
  readonly slice: Slice
  /** Values of the same fields that moved the other way with it: rows that went over. */
  readonly siblings: readonly Slice[]
  readonly sign: number
  /** Counts and sums; not rates and means. */
  readonly addsUp: boolean
  readonly from: Day
  /** The day after the last affected one; undefined while it lasts. */
  readonly to: Day | undefined
}

/**
 * Joins stories of different metrics that are one: metrics over the same rows (invoices and revenue), and metrics of related models
 * that moved the same way, in the same slice, at the same time or later (fewer sign-ups, then fewer users and events). A rate or mean of all rows is no part of
 * what happened in a slice at that time, nor the other way round, unless it is calm without the slice. The story that explains most is kept and names the others.
 */
export async function mergeStories(stories: readonly Story[], lookUps: LookUps): Promise<readonly Story[]> {
  const { catalog, timeOf } = lookUps
  const told = stories.map((story) => readStory(story, catalog, timeOf(story.lead))).sort(byWeight)
  const kept: { told: Told; readonly merged: Candidate[] }[] = []
  for (const one of told) {
    const home = await findHome(one, kept, lookUps)
    if (home && knowsMore(one, home.told)) {
      home.merged.push(home.told.story.lead, ...one.story.merged)
      home.told = one
    } else if (home) home.merged.push(one.story.lead, ...one.story.merged)
    else kept.push({ told: one, merged: [...one.story.merged] })
  }
  return kept.map(({ told: { story }, merged }) => ({ lead: story.lead, merged }))
}

async function findHome<T extends { readonly told: Told }>(
  one: Told,
  kept: readonly T[],
  { catalog, isCalmWithout }: LookUps,
): Promise<T | undefined> {
  for (const home of kept) {
    if (!isSameStory(one, home.told, catalog)) continue
    const pair = orderByWidth(one, home.told)
    if (!pair || (await isCalmWithout(pair.wide, pair.narrow))) return home
  }
  return undefined
}

/** The stories of a model's slice and of a part of it, one of them a rate or mean; undefined where they have the same rows, or add up. */
function orderByWidth(a: Told, b: Told): { readonly wide: Candidate; readonly narrow: Candidate } | undefined {
  if (a.model !== b.model || (a.addsUp && b.addsUp) || a.slice.length === b.slice.length) return undefined
  const [wide, narrow] = a.slice.length < b.slice.length ? [a, b] : [b, a]
  return { wide: wide.story.lead, narrow: narrow.story.lead }
}

function readStory(story: Story, catalog: Catalog, time: string): Told {
  const { hypothesis, numbers, kind } = story.lead.verdict
  const nameSlice = (slice: Slice): Slice =>
    slice.map(({ field, value }) => {
      const owner = findField(catalog, hypothesis.model, field)
      return { field: owner ? `${owner.model}.${owner.field.name}` : field, value }
    })
  const slice = nameSlice(hypothesis.slice)
  const siblings = story.merged
    .filter(({ verdict }) => isSibling(verdict, story.lead.verdict))
    .map(({ verdict }) => nameSlice(verdict.hypothesis.slice))
  const sign = numbers.direction === 'up' ? 1 : -1
  const addsUp = kind === 'count' || kind === 'amount'
  const [from, to] = [numbers.from ?? '', numbers.to ?? undefined]
  return { story, model: hypothesis.model, time, slice, siblings, sign, addsUp, from, to }
}

/** Whether what one value of a field lost another one of it gained. */
function isSibling(one: Candidate['verdict'], lead: Candidate['verdict']): boolean {
  const [a, b] = [one.hypothesis, lead.hypothesis]
  if (a.metric !== b.metric || one.numbers.direction === lead.numbers.direction) return false
  return (
    a.slice.length === b.slice.length &&
    !isEqual(a.slice, b.slice) &&
    a.slice.every(({ field }) => b.slice.some((other) => other.field === field))
  )
}

const isOfSiblings = ({ story }: Told): boolean => isPattern(story.lead.verdict)

/** That a value left its siblings says of one field where something happened; a count or sum of the same rows that moved as long may know of two. */
const knowsMore = (one: Told, told: Told): boolean =>
  isOfSiblings(told) &&
  !isOfSiblings(one) &&
  one.addsUp &&
  told.addsUp &&
  one.sign === told.sign &&
  one.model === told.model &&
  one.to === told.to

const byWeight = (a: Told, b: Told): number =>
  b.story.lead.movement.size - a.story.lead.movement.size ||
  (a.story.lead.verdict.hypothesis.text < b.story.lead.verdict.hypothesis.text ? -1 : 1)

function isSameStory(later: Told, earlier: Told, catalog: Catalog): boolean {
  const isNested = isWithin(later.slice, earlier.slice) || isWithin(earlier.slice, later.slice)
  const isOver = later.sign !== earlier.sign && earlier.siblings.some((one) => isEqual(one, later.slice))
  if (!isNested && !(isOver && later.model === earlier.model)) return false
  const areWithin = (days: number) =>
    later.from >= addPeriods(earlier.from, -days, 'day') && later.from <= addPeriods(earlier.from, days, 'day')
  const isAtOnce = areWithin(onsetDaysMax)
  // of the same rows a count and a sum that both still move the same way are one; a rate can move for a reason of its own
  const bothLast = later.to === undefined && earlier.to === undefined
  const areSums = later.addsUp && earlier.addsUp && later.sign === earlier.sign
  const isBent = isEqual(later.slice, earlier.slice) && bendsInto(later.story.lead, earlier.story.lead)
  const isSumOfMean = isEqual(later.slice, earlier.slice) && isMeanAndSum(later, earlier) && areWithin(onsetDaysOfSum)
  if (later.model === earlier.model && later.time === earlier.time)
    return isAtOnce || isBent || (bothLast && (areSums || isSumOfMean))
  if (later.sign !== earlier.sign || !areRelated(catalog, later.model, earlier.model)) return false
  const isConsequence =
    later.from >= earlier.from && isSameSlice(later.slice, earlier.slice) && earlier.to === undefined
  return isAtOnce || isConsequence
}

/** Whether one is a mean and the other a sum that moved the same way: with the mean of some rows their sum falls, too. */
const isMeanAndSum = ({ story: a, sign }: Told, { story: b, sign: other }: Told): boolean => {
  const kinds = [a.lead.verdict.kind, b.lead.verdict.kind]
  return sign === other && kinds.includes('mean') && kinds.includes('amount')
}

const isEqual = (a: Slice, b: Slice): boolean => a.length === b.length && isWithin(a, b)
const isSameSlice = (a: Slice, b: Slice): boolean => a.length > 0 && isEqual(a, b)

/** Whether a relation leads from one model to the other, or both have one to a third. */
export function areRelated(catalog: Catalog, a: string, b: string): boolean {
  if (a === b) return true
  const reach = (model: string) =>
    new Set([model, ...Object.values(catalog.models[model]?.relations ?? {}).map(({ to }) => to)])
  const [fromA, fromB] = [reach(a), reach(b)]
  return [...fromA].some((model) => fromB.has(model))
}
