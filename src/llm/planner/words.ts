/** A piece of a typed question. `stem` is what is looked up: lower case, singular. */
export interface Word {
  readonly kind: 'word' | 'number' | 'date' | 'text' | 'sign'
  /** As it was typed, without quotes. */
  readonly text: string
  readonly stem: string
  /** Set for numbers: `1.5k` is 1500. */
  readonly number: number | undefined
  /** Whether it was typed with a capital: a hint that it is a name. */
  readonly capital: boolean
}

const pattern =
  /"([^"]*)"|“([^”]*)”|'([^'\s][^']*)'(?![\p{L}])|(\d{4}-(?:q[1-4]|\d{2}(?:-\d{2})?))(?![\d\p{L}])|[$€£]?(\d[\d,]*(?:\.\d+)?)(%|k|m)?(?![\d\p{L}])|([\p{L}\d_]+(?:'[\p{L}]+)?)|(>=|<=|!=|[<>=,?])/giu

const singulars: Readonly<Record<string, string>> = { people: 'person', children: 'child', men: 'man', women: 'woman' }
const notPlurals = new Set([
  'this',
  'has',
  'is',
  'was',
  'does',
  'business',
  'less',
  'across',
  'plus',
  'previous',
  'us',
  'as',
])

/** The singular of an English word, by its ending: `invoices` → `invoice`, `countries` → `country`, `status` → `status`. */
export function singularize(word: string): string {
  const lower = word.toLowerCase()
  const known = singulars[lower]
  if (known) return known
  if (lower.length < 4 || notPlurals.has(lower) || /(ss|us|is)$/.test(lower)) return lower
  if (lower.endsWith('ies')) return `${lower.slice(0, -3)}y`
  if (/(sses|shes|ches|xes|zes)$/.test(lower)) return lower.slice(0, -2)
  return lower.endsWith('s') ? lower.slice(0, -1) : lower
}

/** The plural of an English word, by its ending. */
export function pluralize(word: string): string {
  if (/[^aeiou]y$/i.test(word)) return `${word.slice(0, -1)}ies`
  if (/(s|x|z|ch|sh)$/i.test(word)) return `${word}es`
  return `${word}s`
}

/** A name or phrase of the catalog as it is looked up: `paid_search`, `Paid search` and `paid searches` are one key. */
export function toLookupKey(phrase: string): string {
  return (phrase.match(/[\p{L}\d]+/gu) ?? []).map(singularize).join('')
}

const scales: Readonly<Record<string, number>> = { '%': 0.01, k: 1_000, m: 1_000_000 }

function readNumber(digits: string, scale: string | undefined): number {
  const factor = scales[scale?.toLowerCase() ?? ''] ?? 1
  return Number((Number(digits.replaceAll(',', '')) * factor).toPrecision(15))
}

/** Splits a question into words, numbers, dates, quoted texts and signs; any other character separates. */
export function splitWords(question: string): readonly Word[] {
  return [...question.matchAll(pattern)].flatMap((match): readonly Word[] => {
    const [text, double, curly, single, date, digits, scale, word, sign] = match
    const quoted = double ?? curly ?? single
    const common = { number: undefined, capital: false }
    if (quoted !== undefined)
      return [{ ...common, kind: 'text', text: quoted, stem: toLookupKey(quoted), capital: true }]
    if (date) return [{ ...common, kind: 'date', text: date.toUpperCase(), stem: date }]
    if (digits) return [{ ...common, kind: 'number', text, stem: digits, number: readNumber(digits, scale) }]
    if (sign) return sign === '?' ? [] : [{ ...common, kind: 'sign', text: sign, stem: sign }]
    return (word ?? '')
      .replace(/'s?$/i, '')
      .split('_')
      .filter((part) => part !== '')
      .map((part) => ({
        ...common,
        kind: 'word',
        text: part,
        stem: singularize(part.replace(/'/g, '')),
        capital: /^\p{Lu}/u.test(part),
      }))
  })
}
