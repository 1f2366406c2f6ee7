import type { Grain } from '../../base/periods.ts'
import type { FieldType } from '../../catalog/catalog.ts'
import type { Bound } from '../bind/bound.ts'
import type { Today } from '../check/resolve-range.ts'
import type { Expression } from '../tree/ast.ts'
import type { AggregateName } from './scalar-names.ts'

/** What the reference page, a model's instructions and error messages say about a function. */
interface FunctionBase {
  readonly name: string
  /** As it is called: `round(x, digits)`. */
  readonly signature: string
  /** One sentence. */
  readonly summary: string
  /** An expression over the sample catalog. */
  readonly example: string
}

export interface Parameter {
  readonly name: string
  /** Types that are accepted; empty accepts all. */
  readonly types: readonly FieldType[]
  readonly optional?: true
  /** May be repeated. */
  readonly rest?: true
  /** Must be a whole number within these, written out. */
  readonly whole?: { readonly least: number; readonly most: number }
  /** Must be a text with something in it, written out. */
  readonly isWritten?: true
  /** Index of the argument whose type it must have. */
  readonly sameAs?: number
}

/** One value from values of the same row. */
export interface ScalarFunction extends FunctionBase {
  readonly kind: 'scalar'
  readonly parameters: readonly Parameter[]
  /** What is wrong with arguments of accepted types, as they are written: which one, in a message and a hint. */
  readonly check?: (
    args: readonly Expression[],
  ) => { readonly at: number; readonly message: string; readonly hint: string } | undefined
  /** What it becomes; arguments have accepted types. */
  readonly build: (args: readonly Bound[], today: Today) => Bound
  /** In words, from the arguments in words. */
  readonly describe: (args: readonly string[]) => string
}

export interface AggregateParameter {
  readonly name: string
  /** Types that are accepted; empty accepts all. */
  readonly types: readonly FieldType[]
  readonly optional?: true
  /** Must be a number from 0 to 100, written out; what is built gets it as a fraction. */
  readonly isPercent?: true
}

/** What an aggregate is made of: arguments of accepted types, the order behind `by`, the condition behind `where`. */
export interface AggregateParts {
  readonly args: readonly Bound[]
  readonly by: Bound | undefined
  readonly where: Bound | undefined
}

/** One value from many rows. */
export interface AggregateFunction extends FunctionBase {
  readonly kind: 'aggregate'
  readonly parameters: readonly AggregateParameter[]
  /** Whether it takes `by`. */
  readonly isOrdered: boolean
  /** Whether its argument may be a relation, whose key then counts. */
  readonly countsRows: boolean
  readonly keepsUnit: boolean
  /** What it is for no rows: 0 for counts, else empty. */
  readonly whenNone: 0 | undefined
  /** Whether a value that stands in several rows counts as one, so that it may be taken of such values. */
  readonly ignoresRepeats?: true
  /** Aggregates of the plan, or what is computed from some. */
  readonly build: (parts: AggregateParts) => Bound
  /** In words: `the total amount`, from `amount`; `others` are further arguments and the order. */
  readonly describe: (argument: string, ...others: readonly string[]) => string
  /** The same for times, where other words are used. */
  readonly describeTime?: (argument: string) => string
}

/** Whether rows are there: related ones, or among those of a group. */
export interface ExistenceFunction extends FunctionBase {
  readonly kind: 'existence'
  /** `any`: at least one; `none`: not one; `all`: not one for which the condition does not hold. */
  readonly quantifier: 'any' | 'all' | 'none'
}

/** The period that a moment is in. */
export interface BucketFunction extends FunctionBase {
  readonly kind: 'bucket'
  readonly grain: Grain
}

/** The first or the last day of the period that a time is in. */
export interface EdgeFunction extends FunctionBase {
  readonly kind: 'edge'
  readonly edge: 'start' | 'end'
}

/** What a sentence about a function across rows is made of; each empty where it does not apply. */
export interface AcrossWords {
  readonly of: string
  /** `one month`, `12 months`. */
  readonly reach: string
  /** ` per plan`. */
  readonly per: string
  /** ` where …`. */
  readonly where: string
  /** `largest first`. */
  readonly order: string
  readonly by: string
  readonly restart: string
  readonly tiles: string
}

interface AcrossBase extends FunctionBase {
  readonly kind: 'across'
  readonly describe: (words: AcrossWords) => string
}

/** Looks at other rows of the same relation. */
export type AcrossFunction =
  /** The row one period or a stretch away, earlier for -1. */
  | (AcrossBase & {
      readonly across: 'shift'
      readonly direction: 1 | -1
      readonly compare?: 'change' | 'pct_change'
    })
  | (AcrossBase & { readonly across: 'total' })
  /** The rows up to this one. */
  | (AcrossBase & { readonly across: 'running'; readonly fn: AggregateName })
  /** The rows of a stretch that ends with this one. */
  | (AcrossBase & { readonly across: 'moving'; readonly fn: AggregateName })
  /** The place among all rows. */
  | (AcrossBase & { readonly across: 'place'; readonly fn: 'rank' | 'dense_rank' })
  | (AcrossBase & { readonly across: 'tile' | 'number' })

/** A value from a history, as it was at a time. */
export interface MomentFunction extends FunctionBase {
  readonly kind: 'moment'
}

/** Whether a row stands below others in a tree of rows, or above them. */
export interface HierarchyFunction extends FunctionBase {
  readonly kind: 'hierarchy'
  /** Where the rows are that the condition is about. */
  readonly asks: 'rows above' | 'rows below'
}

export type FunctionDefinition =
  | ScalarFunction
  | AggregateFunction
  | ExistenceFunction
  | BucketFunction
  | EdgeFunction
  | AcrossFunction
  | MomentFunction
  | HierarchyFunction

/** Functions of one kind, in one file. */
export interface FunctionFamily {
  readonly title: string
  readonly functions: readonly FunctionDefinition[]
}

export const defineFamily = (title: string, functions: readonly FunctionDefinition[]): FunctionFamily => ({
  title,
  functions,
})
