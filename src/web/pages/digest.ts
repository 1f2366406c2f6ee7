export interface DigestView {
  readonly workspace: string
  readonly digest: {
    readonly id: string
    readonly team: string
    readonly cycleId: string
    readonly subject: string
    readonly text: string
    /** ISO instant. */
    readonly createdAt: string
  }
  readonly deliveries: readonly {
    readonly recipient: string
    readonly state: string
    readonly error?: string | null | undefined
  }[]
}
