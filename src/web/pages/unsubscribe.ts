export interface UnsubscribeView {
  readonly workspace: string
  readonly team: string
  readonly recipient: string
  readonly token: string
  /** Whether it is done (after the POST). */
  readonly isDone: boolean
}
