export interface OutboxView {
  readonly workspace: string
  /** Newest first: what `listOutbox(folder)` of `src/mail/outbox.ts` gives. */
  readonly mails: readonly {
    readonly to: string
    readonly subject: string
    readonly sentAt: string
    /** File names inside the outbox folder. */
    readonly html: string
    readonly eml: string
  }[]
  /** `smtp` when mail leaves by SMTP and this folder stays empty. */
  readonly kind: 'smtp' | 'outbox'
}
