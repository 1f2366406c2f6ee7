import type { Day } from '../base/periods.ts'
import type { Column } from '../dsl/plan/plan.ts'
import type { Explanation } from './drivers/explanation.ts'
import type { TestedNumbers } from './finding.ts'

/** What a finding's picture is drawn from. */
export type Picture = Pick<Evidence, 'series' | 'members' | 'points'>

/** Rows of one step as they were, cut to the first ones. */
export interface StepEvidence {
  readonly text: string
  readonly sentence: string
  readonly sql: string
  readonly parameters: readonly (string | number | boolean | null)[]
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly (string | number | boolean | null)[])[]
  /** Rows of this step's result, whether or not all are in `rows`; null when it was not counted. */
  readonly rowCount: number | null
  readonly ms: number
}

/** The steps, rows, SQL and test behind a finding: enough to draw its page without asking the warehouse, and to run it again. */
export interface Evidence {
  readonly findingKey: string
  readonly cycleId: string
  readonly asOf: Day
  /** ISO instant. */
  readonly gatheredAt: string
  readonly steps: readonly StepEvidence[]
  readonly test: {
    readonly detector: string
    readonly question: string
    readonly method: string
    readonly options: Readonly<Record<string, string | number | boolean>>
    readonly numbers: TestedNumbers
    readonly qValue: number
    /** How many hypotheses were tested in the cycle, and how many held up. */
    readonly tested: number
    readonly heldUp: number
  }
  /** The tested series with its expected band, for the chart. Null where there is no value. */
  readonly series: readonly {
    readonly at: string
    readonly value: number | null
    readonly expected: number | null
    readonly low: number | null
    readonly high: number | null
  }[]
  /** A value and its siblings, for a finding about what stands; each with what the others let expect of it. */
  readonly members?: readonly {
    readonly label: string
    readonly value: number
    readonly isSubject: boolean
  }[]
  /** Pairs of numbers, for a finding about two measures; some of them where there are many. */
  readonly points?: readonly (readonly [x: number, y: number])[]
}

/** What "run again" found. */
export interface Rerun {
  readonly ranAt: string
  readonly holds: boolean
  readonly before: TestedNumbers
  readonly after: TestedNumbers | null
  /** Why it does not hold, or what differs, in words. */
  readonly difference: string
  /** Where the movement lies now; absent where it is no movement. */
  readonly explained?: Explanation
}
