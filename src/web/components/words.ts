import { type Html, html } from '../../reports/html.ts'

/** A message in which names stand in backticks, with the names as code. */
export const renderWords = (text: string): Html =>
  html`${text.split('`').map((part, at) => (at % 2 === 1 ? html`<code>${part}</code>` : part))}`
