import { formatInstant } from '../../base/format.ts'
import { addresses } from '../../reports/addresses.ts'
import { type Html, html } from '../../reports/html.ts'
import { renderLayout } from '../layout.ts'

export interface WatchesView {
  readonly workspace: string
  /** Newest first. */
  readonly items: readonly {
    readonly id: string
    readonly title: string
    readonly exploration: string
    readonly createdBy: string
    /** ISO instant. */
    readonly createdAt: string
  }[]
}

const renderItem = ({ id, title, exploration, createdBy, createdAt }: WatchesView['items'][number]): Html =>
  html`<li class="said">
<p class="kicker">${createdBy}, ${formatInstant(createdAt)}</p>
<p><a href="${addresses.explore(exploration)}">${title}</a></p>
<form method="post" action="${addresses.stopWatch(id)}"><button>Stop watching<span class="unseen"> “${title}”</span></button></form>
</li>`

/** The explorations that every cycle asks because somebody watches them. */
export function renderWatchesPage({ workspace, items }: WatchesView): string {
  return renderLayout(
    { workspace, title: 'What is watched', section: 'explore' },
    html`<h1>What is watched</h1>
<p class="note">Every cycle asks whether these changed, and tells what held up.</p>
${items.length === 0 ? html`<div class="blank"><h2>Nothing is watched yet</h2><p>An exploration over time has a button for it.</p></div>` : html`<ol class="items">${items.map(renderItem)}</ol>`}`,
  )
}
