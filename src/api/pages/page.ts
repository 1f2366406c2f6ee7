import type { Scope } from '../../store/api-keys.ts'
import type { ServerContext } from '../api-context.ts'
import type { Caller } from '../authenticate.ts'

/** Fields of an address or of a posted form, each at most once. */
export type Fields = Readonly<Record<string, string | undefined>>

export interface PageCall {
  readonly params: Fields
  readonly query: Fields
  readonly form: Fields
  readonly caller: Caller
  readonly signal: AbortSignal
}

export type PageReply =
  | { readonly html: string; readonly status?: number }
  /** 303: also after a form, so that reading it again does not post it again. */
  | { readonly redirect: string; readonly cookie?: string }
  | { readonly body: string | Uint8Array; readonly headers: Readonly<Record<string, string>> }

/** A page or the target of a form. The renderers of `src/web` draw it; this fills their views. */
export interface Page {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly scope: Scope | 'none'
  readonly handle: (context: ServerContext, call: PageCall) => Promise<PageReply>
}

export const definePage = (page: Page): Page => page

/** Mails are shown as they are: their own styles, no scripts, nothing from elsewhere, in an origin of their own. */
export const mailPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
