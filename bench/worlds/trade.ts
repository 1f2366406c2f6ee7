import type { Day } from '../../src/base/periods.ts'
import type { SliceValue } from '../../src/hypotheses/hypothesis.ts'
import type { Random } from '../../src/stats/random.ts'

/** Values with how often they come, `null` as the text `null`. */
export type Weights = Readonly<Record<string, number>>
/** Values of a row's fields; those of its account by path, as `account.plan`. */
export type Row = Readonly<Record<string, string | null>>

export interface Effect {
  /** Absent: all rows. A field `account` holds the place of an account among the largest, from 0. */
  readonly slice?: readonly { readonly field: string; readonly value: SliceValue['value'] }[]
  /** Number of rows, or the column that it changes. */
  readonly moves: string
  readonly factor: number
  /** First day, counted back from the last one: 13 is the last two weeks. */
  readonly ago: number
  /** Days that it lasts; absent: up to the end. */
  readonly lasts?: number
  /** Whether it grows from nothing to its size. */
  readonly isSlow?: boolean
  /** The rows that are lost get this value of the slice's first field instead. */
  readonly becomes?: string
}

export interface DayOf {
  readonly date: Day
  /** 0 is Sunday. */
  readonly weekday: number
  readonly dayOfMonth: number
  /** 0..1 over the year. */
  readonly season: number
  /** Days before the last one. */
  readonly ago: number
}

/** A value of a column; `times` is what the effects make of it on the row's day, or another day from then on; 1 for nothing. */
export type Draw = (
  row: Row,
  times: number,
  random: Random,
  at: Date,
  timesAfter: (days: number) => number,
) => number | boolean | string

export interface Trade {
  readonly name: string
  /** How it differs in shape, in a few words. */
  readonly shape: string
  readonly asOf: Day
  readonly days: number
  readonly timezone?: string
  readonly events?: readonly { readonly name: string; readonly from: Day; readonly to: Day }[]
  /** Name of a row, as `payment`. */
  readonly model: string
  readonly kind?: string
  readonly time: { readonly field: string; readonly type: 'date' | 'timestamp' }
  readonly perDay: number
  readonly level: (day: DayOf) => number
  readonly noise: {
    /** Of a day, in logarithms, and how much of it is left on the next. */
    readonly deviation: number
    readonly memory: number
    /** Rows that come together on average, of one account and alike. */
    readonly clump?: number
  }
  readonly accounts?: {
    readonly count: number
    /** Of the logarithm of how much they do. */
    readonly spread: number
    /** Share that began within the days looked at, and share of all that ended in them. */
    readonly began: number
    readonly ended: number
    readonly fields: Readonly<Record<string, Weights | ((row: Row) => Weights)>>
  }
  readonly fields: Readonly<Record<string, Weights | ((row: Row) => Weights)>>
  readonly columns: Readonly<Record<string, { readonly type: string; readonly draw: Draw }>>
  /** `moves`: what a change of rows or of a column does to it, 1 or −1. */
  readonly metrics: Readonly<
    Record<
      string,
      {
        readonly measure: string
        readonly good?: 'up' | 'down'
        readonly format?: string
        readonly time?: string
        readonly over_time?: string
      } & {
        readonly of?: string
        readonly moves: Readonly<Record<string, 1 | -1>>
      }
    >
  >
  /** Further tables, made from the others by SQL. */
  readonly tables?: Readonly<Record<string, string>>
  /** Further models that metrics may be of, as the catalog has them; their relations too. */
  readonly models?: Readonly<Record<string, unknown>>
  readonly relations?: Readonly<Record<string, unknown>>
  readonly slices: readonly string[]
  /** What is planted, one list a world: the seed says which. */
  readonly scenarios: readonly (readonly Effect[])[]
}

export const rows = 'rows'
/** Log-normal with this median. */
export const aroundMedian = (median: number, spread: number, random: Random): number =>
  median * Math.exp(spread * random.normal())
export const happens = (chance: number, random: Random): boolean => random.uniform() < Math.min(0.98, chance)
export const officeWeek = ({ weekday }: DayOf): number => [0.25, 1.1, 1.15, 1.1, 1.05, 0.95, 0.3][weekday]!
export const wave = (season: number, size: number, peak: number): number =>
  1 + size * Math.cos(2 * Math.PI * (season - peak))
/** How much there was this many days ago where it grows by `yearly` a year. */
export const growth = (ago: number, yearly: number): number => (1 + yearly) ** (-ago / 365)
