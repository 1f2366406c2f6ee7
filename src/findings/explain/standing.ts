import type { Slice } from '../../hypotheses/hypothesis.ts'
import { normal } from '../../stats/normal.ts'
import type { TestedVerdict } from '../candidate.ts'
import type { Controlled } from '../errors/control-errors.ts'
import type { DataFault } from '../faults/data-fault.ts'
import { compareRows } from './compare-rows.ts'
import { isWithin } from './compare-slices.ts'
import { explainSums } from './explain-sums.ts'
import { placeTrends } from './place-trends.ts'

/** What stands in the data, rather than happened: told by one verdict, others tell of the same. */
export interface StandingStory {
  readonly lead: Controlled
  readonly merged: readonly Controlled[]
  /** Present where it is about the data. */
  readonly fault?: DataFault
}

/** Rows that a verdict is about among all rows of its model, 1 where it is about one; undefined where that is not known. */
export type RowsOf = (verdict: TestedVerdict) => Uint8Array | undefined

/** Floors below which what stands is not worth a reader's minute, all stated. */
const floors = {
  /** Share by which a value differs from its siblings. */
  change: 0.2,
  /** Rank correlation of two numbers. */
  correlation: 0.2,
  /** Half as much again in a stretch of time as outside, or the other way round. */
  crowding: Math.log(1.5),
} as const

/** A value within another says the same as the value alone unless it is so much more unlike its siblings there. */
const moreUnlike = 1.5

/** How surprising, as a z. */
export const strengthOf = ({ verdict }: Controlled): number =>
  -normal.quantile(Math.max(verdict.numbers.pValue, 1e-300) / 2)

/** Of a model that is looked at as a whole: told of its whole history, whenever it was. */
const ofHistory: ReadonlySet<string> = new Set(['trend', 'divergence'])

/** Whether a verdict is about what stands: it has no onset, or is about a whole history. */
export const isStanding = ({ verdict: { numbers, hypothesis } }: Controlled, isPortrait: boolean): boolean =>
  numbers.from === null || (isPortrait && ofHistory.has(hypothesis.detector))

/** Strength in steps of half a standard deviation: of what is about as sure, the larger is told. */
const stepOf = (one: Controlled): number => Math.round(2 * strengthOf(one))
const excessOf = ({ verdict: { numbers } }: Controlled): number => Math.abs(numbers.observed - numbers.expected)

function isNotable({ verdict: { hypothesis, numbers, kind } }: Controlled): boolean {
  // where many of something are of one sort, few are of the others
  if (kind === 'count' && hypothesis.slice.length > 1 && numbers.direction === 'down') return false
  if (hypothesis.with) return Math.abs(numbers.observed) >= floors.correlation
  if (hypothesis.detector === 'divergence') return Math.abs(Math.log1p(numbers.change ?? 0)) >= floors.crowding
  return numbers.change === null || Math.abs(numbers.change) >= floors.change
}

/** How far from its siblings, the same for twice as much and half as much. */
const distanceOf = ({ verdict: { numbers } }: Controlled): number =>
  Math.abs(Math.log(Math.max(1e-6, 1 + (numbers.change ?? 0))))

/**
 * What stands and held up, as stories: simplest first, a value within another (`Hardware in Australia`) only where it says more than the
 * value alone (`Hardware`), of the values of one field those on one side (where Travel is dear, the others are cheap by comparison), of
 * slices with the same rows the simplest, and totals only where neither rows nor means explain them.
 */
export function tellStanding(
  standing: readonly Controlled[],
  rowsOf: RowsOf = () => undefined,
): readonly StandingStory[] {
  const sameRows = compareRows(rowsOf)
  const stories: { lead: Controlled; merged: Controlled[] }[] = []
  const sorted = standing
    .filter(isNotable)
    .sort(
      (a, b) =>
        a.verdict.hypothesis.slice.length - b.verdict.hypothesis.slice.length ||
        stepOf(b) - stepOf(a) ||
        excessOf(b) - excessOf(a) ||
        (a.verdict.hypothesis.text < b.verdict.hypothesis.text ? -1 : 1),
    )
  for (const one of sorted) {
    const home = stories.find(({ lead }) => tellsTheSame(one, lead) || isSameOfRows(one, lead, sameRows))
    if (home) home.merged.push(one)
    else stories.push({ lead: one, merged: [] })
  }
  return placeTrends(explainSums(stories, sameRows))
}

/** The same question of (nearly) the same rows, or of a metric that is the same by another name. */
function isSameOfRows(one: Controlled, told: Controlled, sameRows: (a: Controlled, b: Controlled) => boolean): boolean {
  const [a, b] = [one.verdict, told.verdict]
  if (a.hypothesis.detector !== b.hypothesis.detector || a.hypothesis.with || b.hypothesis.with) return false
  const isOneMeasure =
    a.hypothesis.measure === b.hypothesis.measure ||
    (a.numbers.observed === b.numbers.observed && a.numbers.expected === b.numbers.expected)
  return isOneMeasure && a.hypothesis.slice.length > 0 && sameRows(one, told)
}

function tellsTheSame(one: Controlled, told: Controlled): boolean {
  const [a, b] = [one.verdict, told.verdict]
  const [own, other] = [a.hypothesis, b.hypothesis]
  if (own.detector !== other.detector || own.measure !== other.measure || own.model !== other.model) return false
  if (own.with?.measure !== other.with?.measure) return false
  if (own.slice.length === other.slice.length) return isMirror(a, b) || isTwoFieldsOfOneThing(own.slice, other.slice)
  if (a.numbers.direction !== b.numbers.direction || !isWithin(own.slice, other.slice)) return false
  // the value that is compared is the last condition; the others only say within what
  const isOfMember = other.slice.length === 0 || isWithin(own.slice.slice(-1), other.slice)
  return isOfMember && distanceOf(one) < moreUnlike * distanceOf(told)
}

/** A sibling on the other side: it looks unlike the one told because that one is unlike it. Or the same value once more. */
function isMirror(a: TestedVerdict, b: TestedVerdict): boolean {
  const [own, other] = [a.hypothesis.slice, b.hypothesis.slice]
  if (isWithin(own, other)) return a.numbers.direction === b.numbers.direction
  const isSibling = own.at(-1)?.field === other.at(-1)?.field && isWithin(own.slice(0, -1), other.slice(0, -1))
  return isSibling && a.numbers.direction !== b.numbers.direction
}

/** Two cells of the same two fields, in any order: that these fields go together is one story, told by its surest cell. */
const isTwoFieldsOfOneThing = (a: Slice, b: Slice): boolean =>
  a.length === 2 && a.every(({ field }) => b.some((one) => one.field === field))

/** How much a kind of standing fact says: that sizes differ is the rule, that means and rates do less so. */
const weights: Readonly<Record<string, number>> = { count: 0.75, amount: 0.8, mean: 0.95, ratio: 0.95 }
const withinWeight = 0.8

/** 0..1: trends and connections weigh most, counts of a value within another least. */
export function weighKind({ verdict: { hypothesis, kind } }: Controlled): number {
  const ofKind = hypothesis.detector === 'peer_outlier' ? (weights[kind] ?? 1) : 1
  return ofKind * withinWeight ** Math.max(0, hypothesis.slice.length - 1)
}
