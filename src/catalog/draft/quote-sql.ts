/** A column in quotes, as every dialect here reads it. */
export const quoteColumn = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** A table's name as a warehouse lists it (`shop.Orders`, `"odd.name"`), each part in quotes. */
export const quoteTable = (name: string): string =>
  (name.match(/"(?:[^"]|"")*"|[^.]+/g) ?? [name])
    .map((part) => (part.startsWith('"') ? part : quoteColumn(part)))
    .join('.')
