import { countNoun, formatDay, formatNumber } from '../../base/format.ts'
import type { Metric, Model } from '../../catalog/catalog.ts'
import { addresses } from '../../reports/addresses.ts'
import { type Html, html } from '../../reports/html.ts'
import { renderLayout } from '../layout.ts'

/** The shape of `Catalog['models']`, as far as the page shows it. */
export interface CatalogModelView {
  readonly name: string
  readonly source: { readonly table: string } | { readonly sql: string }
  readonly label: string
  readonly description: string | undefined
  readonly fields: Readonly<
    Record<
      string,
      {
        readonly name: string
        readonly type: string
        readonly label: string
        readonly description: string | undefined
        readonly unit: string | undefined
        readonly values: readonly { readonly value: string; readonly label: string }[]
        readonly hidden: boolean
        readonly pii: boolean
      }
    >
  >
  readonly relations: Readonly<
    Record<string, { readonly name: string; readonly to: string; readonly cardinality: 'one' | 'many' }>
  >
  readonly metrics: Readonly<
    Record<
      string,
      {
        readonly name: string
        readonly label: string
        readonly description: string | undefined
        readonly measure: string
        readonly time: string
        readonly good: 'up' | 'down' | undefined
        readonly slices: readonly string[]
        readonly unit: string | undefined
        readonly format?: Metric['format']
        readonly goals?: Metric['goals']
      }
    >
  >
  readonly funnels?: Model['funnels']
  readonly explorations: readonly { readonly title: string; readonly text: string }[]
}

export interface CatalogView {
  readonly workspace: string
  readonly models: Readonly<Record<string, CatalogModelView>>
  readonly events: readonly { readonly name: string; readonly from: string; readonly to: string }[]
}

type FieldView = CatalogModelView['fields'][string]
type MetricView = CatalogModelView['metrics'][string]
type FunnelView = NonNullable<CatalogModelView['funnels']>[string]

const renderGoals = ({ goals = [], unit, format }: MetricView): Html | undefined =>
  goals.length === 0
    ? undefined
    : html`<p class="quiet">to reach ${goals.map(({ value, period, from }, at) => html`${at > 0 ? ', ' : ''}${formatNumber(value, { unit, format })} a ${period}${from === undefined ? undefined : html` from ${formatDay(from)}`}`)}</p>`

const renderFunnel = ({ name, label, stages, withinDays }: FunnelView): Html => html`<li>
<h4>${label} <code>${name}</code></h4>
<p>${stages.map((stage, at) => html`${at > 0 ? ' → ' : ''}${'event' in stage ? stage.event : stage.name}`)} <span class="quiet">within ${countNoun(withinDays, 'day')}</span></p></li>`

const renderField = ({ name, type, label, description, unit, values, pii }: FieldView): Html => html`<tr>
<th scope="row"><code>${name}</code></th><td>${label}</td><td>${type}${unit === undefined ? undefined : html` <span class="unit">${unit}</span>`}</td>
<td>${description ?? ''}${values.length > 0 ? html` <span class="quiet">${values.map(({ label: words }) => words).join(', ')}</span>` : undefined}${pii ? html` <span class="chip neutral">personal</span>` : undefined}</td></tr>`

const renderMetric = (metric: MetricView): Html => {
  const { name, label, description, measure, time, good, slices, unit } = metric
  return html`<li>
<h4>${label} <code>${name}</code></h4>
<p><code>${measure}</code> over <code>${time}</code>${unit === undefined ? undefined : html`, in ${unit}`}${good === undefined ? undefined : html`; ${good} is good`}</p>
${description === undefined ? undefined : html`<p>${description}</p>`}
${slices.length === 0 ? undefined : html`<p class="quiet">cut by ${slices.map((slice, at) => html`${at > 0 ? ', ' : ''}<code>${slice}</code>`)}</p>`}
${renderGoals(metric)}
<p><a class="pill" href="${addresses.inbox({ metric: name })}">Findings</a> <a class="pill" href="${addresses.explore(`from metric ${name} by month\nchart line month, ${name}`)}">Over time</a></p></li>`
}

function renderModel(model: CatalogModelView): Html {
  const { name, label, description, source } = model
  const metrics = Object.values(model.metrics)
  const funnels = Object.values(model.funnels ?? {})
  const relations = Object.values(model.relations)
  const id = `model-${name.replace(/[^\w-]/g, '-')}`
  return html`<section class="model" aria-labelledby="${id}"><h2 id="${id}">${label} <code>${name}</code></h2>
<p class="quiet">${'table' in source ? html`table <code>${source.table}</code>` : 'a query'}${description === undefined ? undefined : html`: ${description}`}</p>
${metrics.length === 0 ? undefined : html`<h3>Metrics</h3><ul class="metrics">${metrics.map(renderMetric)}</ul>`}
${funnels.length === 0 ? undefined : html`<h3>Funnels</h3><ul class="metrics">${funnels.map(renderFunnel)}</ul>`}
<details><summary>${countNoun(Object.values(model.fields).filter(({ hidden }) => !hidden).length, 'field')}</summary>
<div class="table" role="region" aria-label="Fields of ${label}" tabindex="0"><table><caption class="unseen">Fields of ${label}</caption>
<thead><tr><th scope="col">Name</th><th scope="col">Label</th><th scope="col">Type</th><th scope="col">About</th></tr></thead>
<tbody>${Object.values(model.fields)
    .filter(({ hidden }) => !hidden)
    .map(renderField)}</tbody></table></div></details>
${
  relations.length === 0
    ? undefined
    : html`<details><summary>${countNoun(relations.length, 'relation')}</summary><ul class="plain">${relations.map(
        (relation) =>
          html`<li><code>${relation.name}</code> ${relation.cardinality === 'one' ? 'one' : 'many'} <code>${relation.to}</code></li>`,
      )}</ul></details>`
}
${
  model.explorations.length === 0
    ? undefined
    : html`<p><span class="label">Explorations</span> ${model.explorations.map(({ title, text }) => html`<a class="pill" href="${addresses.explore(text)}">${title}</a> `)}</p>`
}
</section>`
}

/** What can be asked about, in business words. */
export function renderCatalogPage({ workspace, models, events }: CatalogView): string {
  return renderLayout(
    { workspace, title: 'Catalog', section: 'catalog' },
    html`<h1>Catalog</h1>
${Object.values(models).map(renderModel)}
${
  events.length === 0
    ? undefined
    : html`<section aria-labelledby="events"><h2 id="events">Declared events</h2>
<ul class="plain">${events.map(({ name, from, to }) => html`<li>${name}, ${formatDay(from)}${to === from ? undefined : html` to ${formatDay(to)}`}</li>`)}</ul>
<p class="note">Days of declared events are left out of every test.</p></section>`
}`,
  )
}
