export interface DigestsView {
  readonly workspace: string
  /** Newest first. */
  readonly digests: readonly {
    readonly id: string
    readonly team: string
    readonly subject: string
    /** ISO instant. */
    readonly createdAt: string
    readonly findings: number
  }[]
}
