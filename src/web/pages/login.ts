import { html } from '../../reports/html.ts'
import { renderLayout } from '../layout.ts'

export interface LoginView {
  readonly workspace: string
  /** Path to go to afterwards. */
  readonly to: string
  /** Whether a key was just refused. */
  readonly isRefused: boolean
}

/** Asks for an API key once; the browser then holds a session, not the key. */
export function renderLoginPage({ workspace, to, isRefused }: LoginView): string {
  return renderLayout(
    { workspace, title: 'Sign in' },
    html`<div class="blank"><h1>Sign in</h1>
<p>Paste an API key of this workspace. <code>hunch keys add</code> makes one.</p>
${isRefused ? html`<p role="alert">This key is not valid, or it was revoked.</p>` : undefined}
<form class="question-box" method="post" action="/login">
<input type="hidden" name="to" value="${to}">
<label for="key" class="unseen">API key</label>
<input id="key" name="key" type="password" required maxlength="200" autocomplete="current-password" placeholder="hunch_…">
<button class="primary">Sign in</button>
</form></div>`,
  )
}
