import type { Day, Grain } from '../base/periods.ts'
import type { Named, SentenceParts } from '../detectors/detector.ts'
import type { MeasureKind } from '../detectors/shapes.ts'
import type { Hypothesis, Origin, OtherMeasure, Slice, SliceValue } from '../hypotheses/hypothesis.ts'
import type { Explanation } from './drivers/explanation.ts'

/** The numbers that `test` gave, as they are stored: a `Tested` verdict without its band. */
export interface TestedNumbers {
  readonly pValue: number
  readonly direction: 'up' | 'down'
  readonly observed: number
  readonly expected: number
  readonly low: number
  readonly high: number
  /** Share: −0.48 is a fall by 48%. Null when the expected value is 0. */
  readonly change: number | null
  /** First affected period (null: it has no onset), and the period after the last affected one (null: it lasts). */
  readonly from: Day | null
  readonly to: Day | null
  /** Affected periods. */
  readonly periods: number
  readonly details: Readonly<Record<string, number | string>>
  /** Things compared that stand out by themselves, farthest first; the numbers above are those of the first. */
  readonly named?: readonly Named[]
  /** How the verdict says it, where the numbers alone do not: of patterns (`isPatternKind`). */
  readonly sentence?: SentenceParts
}

/** What one test of a cycle concluded. Every one is stored and counts in error control, published or not. */
export type StoredVerdict = {
  readonly hypothesis: Hypothesis
  readonly scan: string
  readonly kind: MeasureKind
  /** Mean rows a period. */
  readonly volume: number
  /** The series was permuted in time first (null replicate): what it found is false by construction. Never told. */
  readonly isReplicate?: true
} & (
  | { readonly status: 'tested'; readonly numbers: TestedNumbers }
  | { readonly status: 'untestable'; readonly reason: string }
)

/** Factors of the score, each in 0..1. */
export interface Score {
  readonly total: number
  readonly belief: number
  readonly stake: number
  readonly surprise: number
  readonly novelty: number
  readonly actionability: number
  readonly fit: number
}

export const findingStates = ['new', 'ongoing', 'recovered', 'expected', 'new_normal'] as const
export type FindingState = (typeof findingStates)[number]

/** A goal of a metric, in the length of time whose current one the finding is about. */
export interface FindingGoal {
  readonly value: number
  readonly period: Grain
}

/** A verdict that survived error control and ranking. Field names are those of `hunch cycle --format json`. */
export interface Finding extends Explanation {
  readonly rank: number
  /** Hash of kind, metric, slice, direction and onset: the same story has the same key from cycle to cycle. URL-safe. */
  readonly key: string
  /** The detector's name; `renamed_value`, `pipeline_fault` where it is about the data (`DataFault`). */
  readonly kind: string
  readonly model: string
  readonly metric: string
  readonly metricLabel: string
  readonly measure: string
  readonly unit: string | undefined
  readonly format: 'number' | 'percent' | 'money' | 'duration'
  readonly grain: Grain
  readonly slice: Slice
  /** Who asked, where it was no template: the team (`authored`), a reader (`watched`), a language model (`suggested`). */
  readonly origin?: Exclude<Origin, 'template'>
  /** The other measure of a finding about two. */
  readonly with?: OtherMeasure
  /** Fields whose values were put beside each other, in a finding about them. */
  readonly by?: readonly string[]
  /** What was to be reached in the span, in a finding about a goal. */
  readonly goal?: FindingGoal
  /** Metrics as wholes that moved with it, in a finding about the data pipeline: each with the share by which it did. */
  readonly concerns?: readonly {
    readonly model: string
    readonly metric: string
    readonly label: string
    readonly change: number
  }[]
  /** The value that goes on under another name, in a finding about that. */
  readonly renamed?: { readonly field: string; readonly from: SliceValue['value']; readonly to: SliceValue['value'] }
  /** Field → label and value → label where the catalog has them, as the headline says it: `source Paid search`. */
  readonly sliceLabel: string
  readonly direction: 'up' | 'down'
  /** Whether this is good news by the metric's declaration. */
  readonly good: boolean | undefined
  /** Null where a finding has no onset: a value unlike its siblings, two measures that go together. */
  readonly from: Day | null
  readonly to: Day | null
  readonly observed: number
  readonly expected: number
  readonly low: number
  readonly high: number
  readonly change: number | null
  readonly pValue: number
  readonly qValue: number
  readonly score: Score
  readonly state: FindingState
  /** Of a story that is over: the latest season's value. */
  readonly recent?: number
  /** Why it is not pushed, when somebody muted it: `muted by ann until 3 Dec 2026`. */
  readonly muted?: string
  /** What readers said of it and of others like it, in words; it moved `score.fit`. */
  readonly heard?: readonly string[]
  /** Accounts that stand out by themselves, farthest first, in a finding about single ones; `observed` and the like are the first one's. */
  readonly named?: readonly Named[]
  /** One sentence made from the numbers by code. */
  readonly headline: string
  /** What to make of it and what to check, where it is about the data rather than the business. */
  readonly note?: string
  /** Other findings that tell the same story and were merged into this one: their statements. */
  readonly merged: readonly string[]
  /** Canonical text with `as of` pinned, ending in `test`. */
  readonly exploration: string
  readonly hypothesisKey: string
  readonly cycleId: string
}

/** What error control over cycles did in one of them. */
export interface LedgerSummary {
  /** The level that new stories were judged at. */
  readonly level: number
  /** Stories told for the first time. */
  readonly discoveries: number
  /** Tests whose data had not changed since the cycle before: no new evidence. */
  readonly repeated: number
  /** Null replicates of the last `days`: how many were tested, and how many were as sure as `promised`, a share. */
  readonly replicates: {
    readonly days: number
    readonly tested: number
    readonly far: number
    readonly promised: number
  }
  /** Detectors that were too sure in them, and by how many times the level of their tests was lowered. */
  readonly tightened: readonly {
    readonly detector: string
    readonly tested: number
    readonly far: number
    readonly times: number
  }[]
}

/** How a cycle went, as `hunch cycle --format json` prints it. */
export interface CycleSummary {
  readonly id: string
  /** Last full day that was judged. */
  readonly asOf: Day
  readonly fdr: number
  readonly generated: number
  readonly tested: number
  readonly untestable: number
  readonly heldUp: number
  readonly series: number
  readonly queries: number
  readonly warehouseMs: number
  readonly detectMs: number
  readonly totalMs: number
  readonly nullReplicate: { readonly tested: number; readonly false: number }
  /** Absent until the cycle is judged. */
  readonly ledger?: LedgerSummary
}
