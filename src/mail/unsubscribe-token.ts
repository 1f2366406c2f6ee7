import { createHmac, timingSafeEqual } from 'node:crypto'

/** Who leaves what. */
export interface Subscription {
  readonly workspace: string
  readonly team: string
  readonly recipient: string
}

const sign = (payload: string, secret: string) => createHmac('sha256', secret).update(payload).digest('base64url')

/** A URL-safe token that only the holder of `secret` can make. It does not expire: an old mail's link must work (RFC 8058). */
export function signUnsubscribe({ workspace, team, recipient }: Subscription, secret: string): string {
  const payload = Buffer.from(JSON.stringify([workspace, team, recipient])).toString('base64url')
  return `${payload}.${sign(`unsubscribe ${payload}`, secret)}`
}

/** What the token says; undefined when it was not made with `secret`. */
export function readUnsubscribe(token: string, secret: string): Subscription | undefined {
  const [payload, signature] = token.split('.')
  if (payload === undefined || signature === undefined) return undefined
  const expected = Buffer.from(sign(`unsubscribe ${payload}`, secret))
  const given = Buffer.from(signature)
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined
  const [workspace, team, recipient] = JSON.parse(Buffer.from(payload, 'base64url').toString()) as string[]
  return workspace === undefined || team === undefined || recipient === undefined
    ? undefined
    : { workspace, team, recipient }
}
