/** What an engine puts names in. */
export type Quote = '"' | '`'

/** A column in quotes. */
export const quoteColumn = (name: string, quote: Quote): string =>
  `${quote}${name.replaceAll(quote, quote + quote)}${quote}`

/** A table's name as a warehouse lists it (`shop.Orders`, `"odd.name"`), each part in quotes. */
export const quoteTable = (name: string, quote: Quote): string =>
  (name.match(/"(?:[^"]|"")*"|[^.]+/g) ?? [name])
    .map((part) => (part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part))
    .map((part) => quoteColumn(part, quote))
    .join('.')
