/** A piece of finished markup. Only `html` and `trust` make one, so that a plain string is always escaped. */
export interface Html {
  readonly markup: string
}

/** What may stand in a template: text is escaped, lists are joined, `undefined`, `null` and `false` leave nothing. */
export type HtmlValue = Html | string | number | undefined | null | false | readonly HtmlValue[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Safe as element content and inside quoted attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (letter) => entities[letter] ?? letter)

function render(value: HtmlValue): string {
  if (value === undefined || value === null || value === false) return ''
  if (typeof value === 'string') return escapeHtml(value)
  if (typeof value === 'number') return String(value)
  if ('markup' in value) return value.markup
  return value.map(render).join('')
}

/** Markup with every interpolated value escaped. Attributes must be written in double quotes: `href="${address}"`. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return { markup: parts.reduce((markup, part, at) => markup + render(values[at - 1]) + part) }
}

/** Markup that our own code made elsewhere (a chart's SVG, a stylesheet). Never pass text of users or warehouses. */
export const trust = (markup: string): Html => ({ markup })
