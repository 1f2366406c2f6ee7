import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { DuckDBConnection } from '@duckdb/node-api'
import { createDiagnostic, type Diagnostic } from '../base/diagnostic.ts'
import { type DataFile, quotePath, quoteTable } from './data-file.ts'
import { firstLine } from './duckdb.ts'

/** Broken lines that are named; a file may hold millions. */
const namedMax = 5

const delimiters = [',', ';', '\t', '|'] as const

/**
 * Makes a table of a csv file with a header. The delimiter is taken from the header; left to guess, DuckDB would read a file with one
 * broken line as a single wide column. A text in a column that looked like numbers makes it a text column; any other broken line is
 * a diagnostic with its number.
 */
export async function loadCsv(connection: DuckDBConnection, file: DataFile): Promise<readonly Diagnostic[]> {
  const name = basename(file.path)
  try {
    const header = await readHeader(file.path)
    if (header === undefined)
      return [
        createDiagnostic({
          code: 'empty-file',
          message: `\`${name}\` is empty`,
          hint: 'Its first line holds the names of the columns.',
        }),
      ]
    const options = `delim=${quote(findDelimiter(header))}, quote='"', escape='"', header=true`
    const left = await createTyped(connection, file, options)
    if (left.length > 0) return describe(name, left)
    const commas = await findDecimalCommas(connection, file)
    return commas ? describe(name, await createTyped(connection, file, `${options}, ${commas}`)) : []
  } catch (error) {
    return [await describeFault(file, name, error)]
  }
}

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`

interface Reject {
  readonly line: number
  readonly kind: string
  readonly text: string
  readonly message: string
}

/** As `create`, with types that hold for every line. */
async function createTyped(connection: DuckDBConnection, file: DataFile, options: string): Promise<readonly Reject[]> {
  const rejects = await create(connection, file, options)
  const isMistyped = rejects.some(({ kind }) => kind === 'CAST')
  return isMistyped ? await create(connection, file, `${options}, sample_size=-1`) : rejects
}

/** `12`, `-12,5`, `1.234,50` */
const decimalComma = String.raw`'-?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?'`
/** What only a decimal comma has behind it: three digits may as well be a thousand. */
const fewDigits = String.raw`',(\d{1,2}|\d{4,})$'`

/**
 * Options for numbers as much of Europe writes them, `1.234,50`: where every value of some column of texts is one, some of them surely, and no
 * column holds a decimal point.
 */
async function findDecimalCommas(connection: DuckDBConnection, file: DataFile): Promise<string | undefined> {
  const columns = (await connection.runAndReadAll(`DESCRIBE ${quoteTable(file.table)}`)).getRows()
  const texts = columns.filter(([, type]) => type === 'VARCHAR').map(([name]) => quoteTable(String(name)))
  if (texts.length === 0 || columns.some(([, type]) => type === 'DOUBLE')) return undefined
  const checks = texts.map(
    (name) => `CASE WHEN bool_and(regexp_full_match(${name}, ${decimalComma}))
      AND bool_or(regexp_matches(${name}, ${fewDigits})) THEN bool_or(contains(${name}, '.')) END`,
  )
  const query = `SELECT ${checks.join(', ')} FROM ${quoteTable(file.table)}`
  const hasPoints = (await connection.runAndReadAll(query)).getRows()[0]!.filter((one) => one !== null)
  if (hasPoints.length === 0) return undefined
  return `decimal_separator=','${hasPoints.includes(true) ? ", thousands='.'" : ''}`
}

/** Creates the table, and gives the lines that did not fit. */
async function create(connection: DuckDBConnection, file: DataFile, options: string): Promise<readonly Reject[]> {
  await connection.run('DROP TABLE IF EXISTS reject_errors')
  await connection.run('DROP TABLE IF EXISTS reject_scans')
  await connection.run(
    `CREATE OR REPLACE TABLE ${quoteTable(file.table)} AS
     SELECT * FROM read_csv(${quotePath(file.path)}, ${options}, store_rejects=true)`,
  )
  const found = await connection.runAndReadAll(
    'SELECT line::int, error_type::varchar, csv_line, error_message FROM reject_errors ORDER BY line',
  )
  return found.getRows().map(([line, kind, text, message]) => ({
    line: Number(line),
    kind: String(kind),
    text: String(text),
    message: String(message),
  }))
}

/** The first line; undefined when there is none. */
async function readHeader(path: string): Promise<string | undefined> {
  const stream = openText(path)
  let text = ''
  for await (const chunk of stream) {
    text += chunk
    if (/[\r\n]/.test(text)) break
  }
  stream.destroy()
  const line = text.replace(/^\ufeff/, '').split(/[\r\n]/)[0]
  return line === '' ? undefined : line
}

function openText(path: string): Readable {
  const bytes = createReadStream(path)
  if (!path.toLowerCase().endsWith('.gz')) return bytes.setEncoding('utf8')
  const text = createGunzip()
  bytes.on('error', (error) => text.destroy(error))
  return bytes.pipe(text).setEncoding('utf8')
}

/** The delimiter that stands most often in the header, outside of quotes. */
function findDelimiter(header: string): string {
  const bare = header.replace(/"(?:[^"]|"")*"/g, '')
  const counts = delimiters.map((delimiter) => bare.split(delimiter).length - 1)
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ','
}

/** What is wrong with one line, in our words. */
function sayWhatIsWrong({ kind, message }: Reject): string {
  const [, expected, found] = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(message) ?? []
  if (expected && found) return `has ${found} ${found === '1' ? 'column' : 'columns'}, not ${expected}`
  if (kind === 'INVALID ENCODING') return 'holds bytes that are no UTF-8'
  if (kind === 'UNQUOTED VALUE') return 'holds a quote inside of a value, or one that is not closed'
  return `cannot be read: ${message.split('\n')[0]}`
}

function describe(name: string, rejects: readonly Reject[]): readonly Diagnostic[] {
  if (rejects.length === 0) return []
  const byLine = [...new Map(rejects.map((reject) => [reject.line, reject])).values()]
  const named = byLine.slice(0, namedMax).map((reject) =>
    createDiagnostic({
      code: 'broken-line',
      message: `line ${reject.line} of \`${name}\` ${sayWhatIsWrong(reject)}`,
      hint: 'Mend the line, or write the file anew with its values in quotes.',
    }),
  )
  const others = byLine.length - named.length
  if (others === 0) return named
  return [
    ...named,
    createDiagnostic({ code: 'broken-line', message: `${others} more lines of \`${name}\` are broken` }),
  ]
}

/** DuckDB gives up on a whole file for a quote that is never closed: this finds the line where it was opened. */
async function describeFault(file: DataFile, name: string, error: unknown): Promise<Diagnostic> {
  const openedAt = await findOpenQuote(file.path).catch(() => undefined)
  if (openedAt !== undefined)
    return createDiagnostic({
      code: 'broken-line',
      message: `line ${openedAt} of \`${name}\` opens a quote that is never closed`,
      hint: 'Close the quote, or double it when it belongs to the value.',
    })
  return createDiagnostic({ code: 'broken-file', message: `\`${name}\` cannot be read as csv: ${firstLine(error)}` })
}

async function findOpenQuote(path: string): Promise<number | undefined> {
  let line = 1
  let openedAt: number | undefined
  for await (const chunk of openText(path)) {
    for (const letter of chunk as string) {
      if (letter === '"') openedAt = openedAt === undefined ? line : undefined
      else if (letter === '\n') line += 1
    }
  }
  return openedAt
}
