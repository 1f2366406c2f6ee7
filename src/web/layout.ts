import { addresses } from '../reports/addresses.ts'
import { type Html, html } from '../reports/html.ts'

export interface Frame {
  readonly workspace: string
  /** Of the document; the workspace's name follows it. */
  readonly title: string
  /** Which entry of the navigation the page belongs to. */
  readonly section?: Section
  /** Reads this page again by itself after so many seconds, while something is under way. */
  readonly refreshSeconds?: number
  /** A script of `/assets` that makes the page more convenient; it works without. */
  readonly script?: string
}

const sections = [
  { name: 'inbox', label: 'Inbox', path: addresses.inbox() },
  { name: 'ask', label: 'Ask', path: addresses.ask() },
  { name: 'explore', label: 'Explore', path: addresses.explore() },
  { name: 'digests', label: 'Digests', path: addresses.digests() },
  { name: 'cycles', label: 'Cycles', path: addresses.cycles() },
  { name: 'catalog', label: 'Catalog', path: addresses.catalog() },
  { name: 'settings', label: 'Settings', path: addresses.settings() },
] as const

export type Section = (typeof sections)[number]['name']

/** A rising point that leaves its band: the mark of the product. */
const mark = html`<svg class="mark" width="22" height="22" viewBox="0 0 22 22" aria-hidden="true" focusable="false"><rect x="1" y="11" width="20" height="7" rx="2" class="mark-band" /><path d="M2,15L7,13.5L11,15.5L16,5" class="mark-line" /><circle cx="16.5" cy="4.5" r="2.6" class="mark-dot" /></svg>`

/** A whole document: head, skip link, navigation, the page. */
export function renderLayout({ workspace, title, section, refreshSeconds, script }: Frame, content: Html): string {
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${refreshSeconds === undefined ? undefined : html`<meta http-equiv="refresh" content="${refreshSeconds}">`}
<title>${title} · ${workspace} · Hunch</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${addresses.style()}">
${script === undefined ? undefined : html`<script type="module" src="${script}"></script>`}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top">
<a class="brand" href="${addresses.inbox()}">${mark}<span>Hunch</span></a>
<span class="workspace">${workspace}</span>
<nav aria-label="Main"><ul>
${sections.map(({ name, label, path }) => html`<li><a href="${path}"${name === section ? html` aria-current="page"` : undefined}>${label}</a></li>`)}
</ul></nav>
</header>
<main id="main" tabindex="-1">
${content}
</main>
</body>
</html>
`
  return document.markup
}
