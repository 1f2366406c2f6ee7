import type { Calendar, Day } from '../base/periods.ts'

/** What a warehouse holds, in business words: plain, frozen, serialisable. Made by `readCatalog` from YAML. */
export interface Catalog {
  readonly models: Readonly<Record<string, Model>>
  readonly calendar: Calendar
  readonly events: readonly DeclaredEvent[]
}

/** A table or view in business words; a row of it stands for one thing. */
export interface Model {
  readonly name: string
  readonly source: { readonly table: string } | { readonly sql: string }
  /** Physical columns that identify a row. */
  readonly key: readonly string[]
  readonly label: string
  readonly description: string | undefined
  readonly synonyms: readonly string[]
  readonly fields: Readonly<Record<string, Field>>
  readonly relations: Readonly<Record<string, Relation>>
  readonly semantics: Semantics | undefined
  readonly metrics: Readonly<Record<string, Metric>>
  /** Ways on which its rows go on, one stage after the other. */
  readonly funnels?: Readonly<Record<string, Funnel>>
  /** Whether cycles also tell what stands in these rows (a value unlike its siblings, an old trend, fields that go together), not only what is new. */
  readonly portrait?: boolean
  readonly policies: readonly { readonly where: string }[]
  readonly explorations: readonly { readonly title: string; readonly text: string }[]
}

/** What stands for several times of something that is held, as a balance: the last of them, the first, or the average of each. */
export const overTimes = ['last', 'first', 'average'] as const
export type OverTime = (typeof overTimes)[number]

export const fieldTypes = ['text', 'number', 'boolean', 'date', 'timestamp'] as const
export type FieldType = (typeof fieldTypes)[number]

/** A column of a model. Its name is the physical column unless `column` says otherwise. */
export interface Field {
  readonly name: string
  readonly column: string
  readonly type: FieldType
  readonly label: string
  readonly description: string | undefined
  readonly synonyms: readonly string[]
  readonly unit: string | undefined
  /** Known values with their labels; empty when any value may stand. */
  readonly values: readonly { readonly value: string; readonly label: string }[]
  readonly hidden: boolean
  readonly pii: boolean
  /** Set where a number is held and not gained: it adds up over everything but time. */
  readonly overTime?: OverTime
}

/** A named path to another model (or the own one). `pairs` are physical columns of both sides. */
export interface Relation {
  readonly name: string
  readonly label: string
  readonly to: string
  readonly cardinality: 'one' | 'many'
  readonly pairs: readonly { readonly own: string; readonly other: string }[]
  /** Columns of the other side that hold the range in which the pair is valid. */
  readonly valid: readonly [from: string, to: string] | undefined
  /**
   * Physical bridge table, for many-to-many. Its columns are named `<model>_<key>` for both sides; `pairs` is then empty.
   */
  readonly through: string | undefined
}

export interface Semantics {
  readonly kind: 'account' | 'user' | 'event' | 'subscription' | 'invoice' | 'ticket' | 'other'
  readonly name: string | undefined
  readonly created: string | undefined
  readonly time: string | undefined
}

/** A named measure over time. */
export interface Metric {
  readonly name: string
  readonly model: string
  readonly label: string
  readonly description: string | undefined
  /** Other words that people use for it. */
  readonly synonyms?: readonly string[]
  /** Aggregate expression of the exploration language, over the model's rows. */
  readonly measure: string
  /** Field of type date or timestamp. */
  readonly time: string
  readonly good: 'up' | 'down' | undefined
  /** Fields or to-one paths (`account.plan`) worth slicing by. */
  readonly slices: readonly string[]
  readonly unit: string | undefined
  readonly format: 'number' | 'percent' | 'money' | 'duration'
  /** Set where the measure is of what is held: which of the times of a period it is of. Otherwise all rows of the period count. */
  readonly overTime?: OverTime
  /** What it is to reach, by period; as the catalog lists them. */
  readonly goals?: readonly MetricGoal[]
}

/** Lengths of time that a goal may be of, shortest first. */
export const goalPeriods = ['week', 'month', 'quarter', 'year'] as const
export type GoalPeriod = (typeof goalPeriods)[number]

/** What a metric is to come to in each period of a length: its total, or its mean where it is a share or a mean. */
export interface MetricGoal {
  readonly value: number
  readonly period: GoalPeriod
  /** It holds for periods that begin on this day or later, until another one of as long periods does; absent: for all. */
  readonly from: Day | undefined
}

/** What those who began are to do next, stage by stage, each within the same days of their beginning. */
export interface Funnel {
  readonly name: string
  readonly model: string
  readonly label: string
  /** Field of the time at which one began. */
  readonly time: string
  /** Relations from one to what it did. */
  readonly path: readonly string[]
  readonly stages: readonly FunnelStage[]
  readonly withinDays: number
}

/** An event by its name (the field that `semantics` of its model says), or by a condition. */
export type FunnelStage =
  | { readonly event: string }
  | {
      readonly name: string
      /** Condition on the events. */
      readonly where: string
    }

/** Days on which something known happened (a holiday, a launch), both ends included; detectors leave them out. */
export interface DeclaredEvent {
  readonly name: string
  readonly from: Day
  readonly to: Day
}
