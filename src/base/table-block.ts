/** A column as a block of numbers: how rows are handed to a bulk loader. All columns of a table have the same length. */
export type ColumnBlock = { readonly name: string } & (
  | { readonly kind: 'integer'; readonly values: Int32Array }
  /** NaN is empty. */
  | { readonly kind: 'number'; readonly values: Float64Array }
  /** Epoch milliseconds in UTC; NaN is empty. */
  | { readonly kind: 'timestamp'; readonly values: Float64Array }
  /** Indexes into `words`; −1 is empty. */
  | { readonly kind: 'text'; readonly codes: Int32Array; readonly words: readonly string[] }
)

export interface TableBlock {
  readonly name: string
  readonly rows: number
  readonly columns: readonly ColumnBlock[]
}
