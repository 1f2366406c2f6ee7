/** Words of a name: `invoiceLines`, `invoice_lines` and `Invoice lines` are `invoice`, `lines`. */
export function splitWords(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

/** A name that a catalog accepts: Latin letters, digits and `_`; `unnamed` where none are left. */
export function plainName(name: string): string {
  const plain = splitWords(name.replaceAll('ß', 'ss').normalize('NFKD').replace(/\p{M}/gu, ''))
    .map((word) => word.replace(/[^a-z0-9]/g, ''))
    .filter((word) => word !== '')
    .join('_')
    .slice(0, 60)
  if (plain === '') return 'unnamed'
  return /^[a-z_]/.test(plain) ? plain : `n_${plain}`
}

/** Name of a table without its schema and quotes: `shop."order lines"` is `order lines`. */
export const lastPart = (table: string): string =>
  (table.match(/"(?:[^"]|"")*"|[^.]+/g)?.at(-1) ?? table).replace(/"/g, '')

/** English, good enough for table names: `invoice_lines` is `invoice_line`, `companies` is `company`. */
export function singular(name: string): string {
  if (/(ss|us|is|news|series|data)$/.test(name)) return name
  if (/(gnos|lys|thes|ynops|cris)es$/.test(name)) return `${name.slice(0, -2)}is`
  if (/(stat|bon|camp|vir|cens)uses$/.test(name)) return name.slice(0, -2)
  if (/ies$/.test(name)) return `${name.slice(0, -3)}y`
  if (/(ch|sh|x|ss|z)es$/.test(name)) return name.slice(0, -2)
  return /s$/.test(name) ? name.slice(0, -1) : name
}

/** What tables are called by the layer they stand in (dbt, Kimball), before and behind what they hold. */
const layersBefore = new Set(['dim', 'fct', 'fact', 'stg', 'staging', 'int', 'mart', 'raw', 'src', 'tbl', 'vw'])
const layersBehind = new Set(['dim', 'fct', 'fact', 'facts', 'raw', 'tbl', 'table', 'vw', 'view', 'export'])

/** What a row of a table is, in one word: `account` for `crm.accounts`, `dim_account` and `"Accounts table"`. */
export function tableSubject(table: string): string {
  const words = plainName(lastPart(table)).split('_')
  const own = words.slice(words.length > 1 && layersBefore.has(words[0]!) ? 1 : 0)
  const bare = own.slice(0, own.length > 1 && layersBehind.has(own.at(-1)!) ? -1 : undefined)
  return singular(plainName(bare.join('_')))
}

/** `account` is `accounts`; a name that ends in a digit becomes `flag_14_rows`. */
export function plural(name: string): string {
  if (/\d$/.test(name)) return `${name}_rows`
  if (/(gnos|lys|thes|ynops|cris)is$/.test(name)) return `${name.slice(0, -2)}es`
  if (/(stat|bon|camp|vir|cens)us$/.test(name)) return `${name}es`
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`
  if (/(ch|sh|x|ss|z)$/.test(name)) return `${name}es`
  return /s$/.test(name) ? name : `${name}s`
}

/** Endings of columns that hold a key: `account_id`, `invoiceNo`, `country code`. */
const keyEndings = new Set(['id', 'no', 'nr', 'number', 'key', 'code', 'uuid', 'guid', 'fk', 'sku'])

export const isKeyName = (column: string): boolean =>
  keyEndings.has(splitWords(column).at(-1) ?? '') || /[a-z]id$/.test(column)

/** What a column that holds a key speaks of: `account` for `account_id`, empty for `id`. */
export function keySubject(column: string): string {
  const words = splitWords(column)
  const last = words.at(-1) ?? ''
  if (keyEndings.has(last)) return words.slice(0, -1).join('_')
  return /[a-z]id$/.test(column) ? words.join('_').replace(/id$/, '') : words.join('_')
}

/** Whether any word of `name` is among `words`. */
export const hasWord = (name: string, words: readonly string[]): boolean => {
  const own = splitWords(name)
  return words.some((word) => own.includes(word))
}
