/** A table's name as a catalog writes it: parts joined by points; a part that holds a point or a quote stands in double quotes. */
export const writeTableName = (parts: readonly string[]): string =>
  parts.map((part) => (/[."]/.test(part) ? `"${part.replaceAll('"', '""')}"` : part)).join('.')
