import type { FieldType } from '../catalog.ts'
import type { Quote } from './quote-sql.ts'

/** What a look at a column gave. Counts are of the rows looked at. */
export interface ColumnProfile {
  readonly name: string
  readonly type: FieldType
  /** Rows without a value. */
  readonly empty: number
  readonly distinct: number
  /** Smallest and largest, earliest and latest; undefined for booleans and columns without a value. */
  readonly low: string | number | undefined
  readonly high: string | number | undefined
  /** Rows below zero, for numbers. */
  readonly negative: number
  /** Whether all its numbers are whole. */
  readonly isWhole: boolean
  /** All values, most frequent first; empty where there are more than `valuesMax`. */
  readonly values: readonly { readonly value: string; readonly rows: number }[]
}

export interface TableProfile {
  readonly table: string
  readonly rows: number
  /** Rows looked at: fewer than `rows` where only a sample was taken. */
  readonly looked: number
  readonly columns: readonly ColumnProfile[]
  /** Columns that identify a row among those looked at; empty when no column and no pair does. */
  readonly key: readonly string[]
  /** Whether the table itself says so. */
  readonly isDeclared?: boolean
}

/** A column that may hold another table's key. */
export interface Reference {
  readonly table: string
  readonly column: string
  readonly toTable: string
  readonly toColumn: string
  /** Why it was looked at, for the comment. */
  readonly reason: 'declared' | 'name' | 'values'
}

/** How many of a column's different values are keys of the other table. */
export interface CheckedReference extends Reference {
  readonly distinct: number
  readonly found: number
}

/** Two times of a table, and in how many rows with both the second is not before the first. */
export interface CheckedSpan {
  readonly table: string
  readonly from: string
  readonly to: string
  readonly rows: number
  readonly ordered: number
}

/** All that a draft is made from. */
export interface Inspection {
  /** What the engine puts names in. */
  readonly quote: Quote
  readonly tables: readonly TableProfile[]
  readonly references: readonly CheckedReference[]
  readonly spans: readonly CheckedSpan[]
}

/** More values than this are not listed one by one. */
export const valuesMax = 30
