import { addPeriods, type Day } from '../../base/periods.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { Slice } from '../../hypotheses/hypothesis.ts'
import type { Candidate, Story } from '../candidate.ts'
import { reachOf } from '../extent.ts'
import { isPattern } from '../tell/pattern.ts'
import { bendsInto, isBend } from './compare-onsets.ts'
import { isSameSlice, isWithin } from './compare-slices.ts'
import { nameSlice } from './name-slice.ts'

/** Onsets of one story in two metrics lie at most this many days apart; what comes later may still be its consequence. */
const onsetDaysMax = 10
/** Of a mean and of a sum of the same rows, which follows it; and of a slow change, of which nobody can say on which day it began. */
const onsetDaysOfSum = 28
const onsetDaysSlow = 28

interface LookUps {
  readonly catalog: Catalog
  readonly timeOf: (metric: Candidate) => string
  /** Whether nothing is left of a movement without the rows of a narrower one; undefined where nobody can tell. */
  readonly isCalmWithout: (wide: Candidate, narrow: Candidate) => Promise<boolean | undefined>
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
  /** What some metric in its slice went further than. */
  readonly furtherThan: readonly Slice[]
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
    const found = await findHome(one, kept, lookUps)
    const home = found?.home
    if (
      home &&
      (knowsMore(one, home.told) || (found.isCalm && isNarrower(one, home.told)) || isUpstream(one, home.told))
    ) {
      home.merged.push(home.told.story.lead, ...one.story.merged)
      home.told = { ...one, ...joinKnown(one, home.told) }
    } else if (home) home.merged.push(one.story.lead, ...one.story.merged)
    else kept.push({ told: one, merged: [...one.story.merged] })
  }
  const joined = kept.map(({ told: { story }, merged }): Story => ({ lead: story.lead, merged }))
  // what leads a story now may be one with what leads another
  return joined.length < stories.length ? mergeStories(joined, lookUps) : joined
}

/** What is known of a slice by the story that led it before, and by the one that does now. */
const joinKnown = (one: Told, before: Told): Pick<Told, 'siblings' | 'furtherThan'> => ({
  siblings: [...one.siblings, ...before.siblings],
  furtherThan: isSameSlice(one.slice, before.slice) ? [...one.furtherThan, ...before.furtherThan] : one.furtherThan,
})

async function findHome<T extends { readonly told: Told }>(
  one: Told,
  kept: readonly T[],
  { catalog, isCalmWithout }: LookUps,
): Promise<{ readonly home: T; readonly isCalm: boolean } | undefined> {
  // what is said of the very same rows is the nearest
  const nearest = kept.toSorted(
    (a, b) => Number(isSameSlice(b.told.slice, one.slice)) - Number(isSameSlice(a.told.slice, one.slice)),
  )
  for (const home of nearest) {
    if (!isSameStory(one, home.told, catalog) || isFurther(one, home.told) || isFurther(home.told, one)) continue
    const pair = orderByWidth(one, home.told)
    const isCalm = pair && (await isCalmWithout(pair.wide, pair.narrow))
    // where nobody can tell they are one, and the heavier tells it
    if (isCalm !== false) return { home, isCalm: isCalm === true }
  }
  return undefined
}

/** Whether a rate or mean of more rows is calm without it: it is what happened. */
const isNarrower = (one: Told, told: Told): boolean => orderByWidth(one, told)?.narrow === one.story.lead

/** How many times as far, by logarithms, what happened moved as what follows from it. */
const upstreamMin = 1.5
const sizeOf = ({ story }: Told): number => reachOf(story.lead.movement)

/** Part of what a sum moved by, by logarithms, from which on the mean of its rows is what moved. */
const meanMin = 0.7
const kindOf = ({ story }: Told) => story.lead.verdict.kind
const isMeanOfSum = (one: Told, told: Told): boolean => kindOf(one) === 'mean' && kindOf(told) === 'amount'

/** Of a sum the mean that made it, and of the same slice of two models what moved much further: a tenth of the sign-ups of a source make, weeks later, a little less of all that its users do. */
const isUpstream = (one: Told, told: Told): boolean =>
  one.sign === told.sign &&
  isSameSlice(one.slice, told.slice) &&
  (one.model === told.model
    ? isMeanOfSum(one, told) && sizeOf(one) >= meanMin * sizeOf(told)
    : sizeOf(one) >= upstreamMin * sizeOf(told))

/** Whether the other is of what it went further than, or of more than that. */
const isFurther = ({ furtherThan }: Told, { slice }: Told): boolean => furtherThan.some((one) => isWithin(one, slice))

/** The stories of a model's slice and of a part of it, one of them a rate or mean; undefined where they have the same rows, or add up. */
function orderByWidth(a: Told, b: Told): { readonly wide: Candidate; readonly narrow: Candidate } | undefined {
  if (a.model !== b.model || (a.addsUp && b.addsUp) || a.slice.length === b.slice.length) return undefined
  const [wide, narrow] = a.slice.length < b.slice.length ? [a, b] : [b, a]
  return { wide: wide.story.lead, narrow: narrow.story.lead }
}

function readStory(story: Story, catalog: Catalog, time: string): Told {
  const { hypothesis, numbers, kind } = story.lead.verdict
  const name = (slice: Slice, model = hypothesis.model) => nameSlice(catalog, model, slice)
  const slice = name(hypothesis.slice)
  const siblings = story.merged
    .filter(({ verdict }) => isSibling(verdict, story.lead.verdict))
    .map(({ verdict }) => name(verdict.hypothesis.slice))
  const sign = numbers.direction === 'up' ? 1 : -1
  const addsUp = kind === 'count' || kind === 'amount'
  const isOfSlice = ({ verdict }: Candidate) =>
    isSameSlice(name(verdict.hypothesis.slice, verdict.hypothesis.model), slice)
  const own = [story.lead, ...story.merged].filter(isOfSlice)
  const furtherThan = own.flatMap(({ furtherThan: wider = [], verdict }) =>
    wider.map((one) => name(one, verdict.hypothesis.model)),
  )
  const [from, to] = [numbers.from ?? '', numbers.to ?? undefined]
  return { story, model: hypothesis.model, time, slice, siblings, sign, addsUp, furtherThan, from, to }
}

/** Whether what one value of a field lost another one of it gained. */
function isSibling(one: Candidate['verdict'], lead: Candidate['verdict']): boolean {
  const [a, b] = [one.hypothesis, lead.hypothesis]
  if (a.metric !== b.metric || one.numbers.direction === lead.numbers.direction) return false
  return (
    a.slice.length === b.slice.length &&
    !isSameSlice(a.slice, b.slice) &&
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
  const isOver = later.sign !== earlier.sign && earlier.siblings.some((one) => isSameSlice(one, later.slice))
  if (!isNested && !isOver) return false
  const areWithin = (days: number) =>
    later.from >= addPeriods(earlier.from, -days, 'day') && later.from <= addPeriods(earlier.from, days, 'day')
  const isAtOnce = areWithin(onsetDaysMax)
  // of the same rows a count and a sum that both still move the same way are one; a rate can move for a reason of its own
  const bothLast = later.to === undefined && earlier.to === undefined
  const areSums = later.addsUp && earlier.addsUp && later.sign === earlier.sign
  const isBent = isSameSlice(later.slice, earlier.slice) && bendsInto(later.story.lead, earlier.story.lead)
  const isSumOfMean =
    isSameSlice(later.slice, earlier.slice) && isMeanAndSum(later, earlier) && areWithin(onsetDaysOfSum)
  if (later.model === earlier.model && later.time === earlier.time)
    return isAtOnce || isBent || (bothLast && (areSums || isSumOfMean))
  if ((later.sign !== earlier.sign && !isOver) || !areRelated(catalog, later.model, earlier.model)) return false
  // of a rate of other rows nobody can say whether these are in it
  if (!(later.addsUp && earlier.addsUp) && !isSameSlice(later.slice, earlier.slice)) return false
  const isConsequence = later.from >= earlier.from && isSamePart(later.slice, earlier.slice) && earlier.to === undefined
  // the same rows by another time, one of them seen as a slow change: bookings, and the visits that were booked
  const isSlow =
    later.model === earlier.model &&
    isSamePart(later.slice, earlier.slice) &&
    [later, earlier].some(({ story }) => isBend(story.lead))
  return isAtOnce || isConsequence || (isSlow && areWithin(onsetDaysSlow))
}

/** Whether one is a mean and the other a sum that moved the same way: with the mean of some rows their sum falls, too. */
const isMeanAndSum = (a: Told, b: Told): boolean => a.sign === b.sign && (isMeanOfSum(a, b) || isMeanOfSum(b, a))

const isSamePart = (a: Slice, b: Slice): boolean => a.length > 0 && isSameSlice(a, b)

/** Whether a relation leads from one model to the other, or both have one to a third. */
export function areRelated(catalog: Catalog, a: string, b: string): boolean {
  if (a === b) return true
  const reach = (model: string) =>
    new Set([model, ...Object.values(catalog.models[model]?.relations ?? {}).map(({ to }) => to)])
  const [fromA, fromB] = [reach(a), reach(b)]
  return [...fromA].some((model) => fromB.has(model))
}
