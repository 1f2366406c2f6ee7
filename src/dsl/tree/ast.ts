/**
 * The syntax tree of an exploration: plain, frozen, serialisable data. Text and tree are two faces of one thing: `parse`
 * and `format` convert both ways without loss. Positions in the text are kept beside the tree (`spans.ts`), so that two
 * trees are equal when they say the same.
 *
 * Optional members are absent, never `undefined`, so that a tree survives JSON unchanged.
 */
import type { Grain } from '../../base/periods.ts'
import type { FieldType } from '../../catalog/catalog.ts'
import type { Block, BlockHeading, BlockStep } from './ast-blocks.ts'
import type { ProductStep } from './ast-product.ts'
import type { RepeatingStep } from './ast-repeats.ts'
import type { ReshapeStep } from './ast-reshape.ts'
import type { ExactNumber } from './exact-number.ts'

/** Version of the tree. A change of the language raises it and ships a codemod from tree n to n + 1. */
export const dslVersion = 2

export type * from './ast-blocks.ts'
export type { ExpandStep, RepeatStep } from './ast-repeats.ts'
export type * from './ast-reshape.ts'

export interface Tree {
  readonly dsl: typeof dslVersion
  readonly header: Header
  /** Named blocks before the one that gives the result, each before those that read it. */
  readonly blocks?: readonly Block[]
  /** The result's own `block` line, where one is written. */
  readonly heading?: BlockHeading
  /** Steps of the result. */
  readonly steps: readonly Step[]
  /** Comment lines above the header; only where there is a header line. */
  readonly comments?: readonly string[]
  /** Comment lines after the last step. */
  readonly closing?: readonly string[]
}

/** Optional first lines. They pin a run and name it; the identity of the question is without them. */
export interface Header {
  readonly title?: string
  /** `YYYY-MM-DD`: the day that counts as today. */
  readonly asOf?: string
  /** IANA name. */
  readonly timezone?: string
  readonly params?: readonly Parameter[]
}

/** A value that whoever runs the exploration may give: `param country text = "EE"`. */
export interface Parameter {
  readonly name: string
  readonly type: FieldType
  /** What it is where none is given. Dates are `YYYY-MM-DD`, timestamps ISO 8601. */
  readonly value: string | number | boolean
}

/** `2025`, `2025-Q3`, `2025-03`, `2025-03-14`, or an instant `2025-03-14T09:30:00Z`. */
export type PeriodLiteral = string

export interface Duration {
  readonly count: number
  readonly unit: Grain
}

/** A stretch of time, resolved against the exploration's `as of` and calendar. */
export type Range = RangeBase & RangeModifiers

type RangeBase =
  /** Whole units before (`last`) or after (`next`) the current one. */
  | { readonly kind: 'last' | 'next'; readonly count: number; readonly unit: Grain }
  | { readonly kind: 'this' | 'to_date'; readonly unit: Grain }
  | { readonly kind: 'period'; readonly period: PeriodLiteral }
  /** From the start of one period to the end of another. */
  | { readonly kind: 'span'; readonly from: PeriodLiteral; readonly to: PeriodLiteral }
  /** `before` its start, `after` its end, `since` its start. */
  | { readonly kind: 'before' | 'after' | 'since'; readonly period: PeriodLiteral }

interface RangeModifiers {
  /** `last 3 months including this`: the current, unfinished unit as well. */
  readonly includingThis?: true
  /** `year to date 1 year ago`: the whole range moved into the past. */
  readonly ago?: Duration
}

export type BinaryOperator =
  | 'or'
  | 'and'
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'contains'
  | 'starts with'
  | 'ends with'
  | 'matches'
  | '??'
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'

export type Expression =
  | { readonly kind: 'text'; readonly value: string }
  /** Its digits where a number would lose some: `"9007199254740993"`. */
  | { readonly kind: 'number'; readonly value: ExactNumber }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** Never a bare year: that is a number until it is compared with a time. */
  | { readonly kind: 'period'; readonly period: PeriodLiteral }
  /** `12 months`, as an argument. */
  | ({ readonly kind: 'duration' } & Duration)
  | Path
  | Call
  | When
  | Binary
  | { readonly kind: 'not' | 'negate'; readonly operand: Expression }
  | { readonly kind: 'is_empty'; readonly operand: Expression; readonly negated: boolean }
  | {
      readonly kind: 'in_list'
      readonly operand: Expression
      readonly items: readonly Expression[]
      readonly negated: boolean
    }
  | { readonly kind: 'in_range'; readonly operand: Expression; readonly range: Range; readonly negated: boolean }
  | {
      readonly kind: 'between'
      readonly operand: Expression
      readonly low: Expression
      readonly high: Expression
      readonly negated: boolean
    }

/** A column, or a way through relations to one: `plan`, `account.plan`, `users.events.at`. */
export interface Path {
  readonly kind: 'path'
  readonly parts: readonly string[]
}

/**
 * A function, an aggregate or a catalog metric: `round(x, 2)`, `sum(amount where status = "paid")`, `signups()`. What follows the
 * arguments stands in the order of these members.
 */
export interface Call {
  readonly kind: 'call'
  readonly name: string
  readonly args: readonly Expression[]
  /** The smallest value first: `rank(price asc)`. Only behind an argument. */
  readonly ascending?: true
  /** What rows are ordered by: `first(plan by changed_at)`, `row_number(by created_at)`. */
  readonly by?: SortItem
  readonly where?: Expression
  /** The stretch of time that is looked back over: `count_distinct(user over 30 days)`. */
  readonly over?: Duration
  /** The unit with which counting starts anew: `running_sum(x restart year)`. */
  readonly restart?: Grain
  /** Columns that stay apart: `total(x per k)`; `all` keeps none apart. */
  readonly per?: readonly Path[] | 'all'
}

/** `when(c1: a, c2: b, else: c)`: the value of the first condition that holds. */
export interface When {
  readonly kind: 'when'
  readonly cases: readonly { readonly condition: Expression; readonly value: Expression }[]
  readonly otherwise?: Expression
}

export interface Binary {
  readonly kind: 'binary'
  readonly operator: BinaryOperator
  readonly left: Expression
  readonly right: Expression
}

/** An expression with the name that its column takes; without one the name follows from the expression. */
export interface Named {
  readonly name?: string
  readonly value: Expression
}

export interface SortItem {
  readonly value: Expression
  readonly descending: boolean
}

export interface Commented {
  /** Comment lines above the step, without `#`. */
  readonly comments?: readonly string[]
  /** The comment behind the step on its line. */
  readonly note?: string
}

export interface FromModel extends Commented {
  readonly kind: 'from'
  readonly model: string
}

/** Each metric is aggregated on its own model over its own time, then all are joined on the keys they share. */
export interface FromMetrics extends Commented {
  readonly kind: 'from_metrics'
  readonly metrics: readonly string[]
  readonly by: readonly Named[]
  readonly where?: Expression
}

export interface WhereStep extends Commented {
  readonly kind: 'where'
  readonly condition: Expression
}

export interface AddStep extends Commented {
  readonly kind: 'add'
  readonly name: string
  readonly value: Expression
}

/** `group all` has no keys. */
export interface GroupStep extends Commented {
  readonly kind: 'group'
  readonly keys: readonly Named[]
  readonly measures: readonly Named[]
}

export interface SortStep extends Commented {
  readonly kind: 'sort'
  readonly by: readonly SortItem[]
}

export interface LimitStep extends Commented {
  readonly kind: 'limit'
  readonly count: number
}

export interface TopStep extends Commented {
  readonly kind: 'top'
  readonly count: number
  /** Descending unless said otherwise. */
  readonly by: readonly SortItem[]
  readonly per: readonly Path[]
  readonly withTies: boolean
  /** Name of the one row that stands for all that were cut. */
  readonly rest?: string
}

export interface ShowStep extends Commented {
  readonly kind: 'show'
  readonly columns: readonly Named[]
}

export interface FillStep extends Commented {
  readonly kind: 'fill'
  readonly time: string
  readonly per: readonly string[]
  /** What missing values become; absent: empty. */
  readonly with?: number | 'previous'
  readonly from?: PeriodLiteral
  readonly to?: PeriodLiteral
}

export interface TestStep extends Commented {
  readonly kind: 'test'
  readonly detector: string
  readonly measure: string
  readonly time: string
  readonly by: readonly string[]
  readonly options: readonly { readonly name: string; readonly value: string | number | boolean }[]
}

export const chartMarks = ['line', 'area', 'bar', 'number', 'table', 'heatmap', 'funnel', 'scatter'] as const

export interface ChartStep extends Commented {
  readonly kind: 'chart'
  readonly mark: (typeof chartMarks)[number]
  readonly columns: readonly string[]
  readonly by?: string
}

export type Step =
  | FromModel
  | FromMetrics
  | WhereStep
  | AddStep
  | GroupStep
  | SortStep
  | LimitStep
  | TopStep
  | ShowStep
  | FillStep
  | RepeatingStep
  | TestStep
  | ChartStep
  | BlockStep
  | ProductStep
  | ReshapeStep
