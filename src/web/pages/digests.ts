export interface DigestsView {
  readonly workspace: string
  /** Newest first. */
  readonly digests: readonly {
    readonly id: string
    readonly team: string
    readonly subject: string
    readonly createdAt: Date
    readonly findings: number
  }[]
}
