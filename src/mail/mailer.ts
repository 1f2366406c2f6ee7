/** One mail to one recipient. Images are referred to as `cid:<cid>`. */
export interface Mail {
  /** Deterministic, without angle brackets: the same delivery has the same id. */
  readonly messageId: string
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly html: string
  readonly text: string
  readonly images: readonly { readonly cid: string; readonly filename: string; readonly png: Uint8Array }[]
  readonly headers: Readonly<Record<string, string>>
}

/** Hands mail over: to an SMTP server or to the outbox folder. Throws a `Failure` when it is refused. */
export interface Mailer {
  readonly kind: 'smtp' | 'outbox'
  send(mail: Mail): Promise<void>
  close(): Promise<void>
}
