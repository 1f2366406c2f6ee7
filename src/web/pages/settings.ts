/** Nothing in here is a secret: addresses come without user names, passwords and queries. */
export interface SettingsView {
  readonly workspace: string
  readonly timezone: string
  readonly webUrl: string
  /** As `Warehouse.address`. */
  readonly warehouse: string
  readonly mail: { readonly kind: 'smtp' | 'outbox'; readonly from: string }
  /** Name of the language model; absent when none is configured. */
  readonly model?: string | undefined
  readonly engine: {
    readonly fdr: number
    readonly budget: { readonly hypotheses: number; readonly seconds: number }
    readonly shown: number
  }
  readonly teams: readonly {
    readonly name: string
    readonly digest: string
    readonly members: readonly string[]
    readonly follows: readonly string[]
  }[]
}
