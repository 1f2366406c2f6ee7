/** The shape of `Catalog['models']`, as far as the page shows it. */
export interface CatalogModelView {
  readonly name: string
  readonly source: { readonly table: string } | { readonly sql: string }
  readonly label: string
  readonly description: string | undefined
  readonly fields: Readonly<
    Record<
      string,
      {
        readonly name: string
        readonly type: string
        readonly label: string
        readonly description: string | undefined
        readonly unit: string | undefined
        readonly values: readonly { readonly value: string; readonly label: string }[]
        readonly hidden: boolean
        readonly pii: boolean
      }
    >
  >
  readonly relations: Readonly<
    Record<string, { readonly name: string; readonly to: string; readonly cardinality: 'one' | 'many' }>
  >
  readonly metrics: Readonly<
    Record<
      string,
      {
        readonly name: string
        readonly label: string
        readonly description: string | undefined
        readonly measure: string
        readonly time: string
        readonly good: 'up' | 'down' | undefined
        readonly slices: readonly string[]
        readonly unit: string | undefined
      }
    >
  >
  readonly explorations: readonly { readonly title: string; readonly text: string }[]
}

export interface CatalogView {
  readonly workspace: string
  readonly models: Readonly<Record<string, CatalogModelView>>
  readonly events: readonly { readonly name: string; readonly from: string; readonly to: string }[]
}
