import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { describeError } from '../../base/failure.ts'

const unzip = promisify(gunzip)

/** A file that cannot be judged, and why: a value, because the others go on. */
export interface UnreadableFile {
  readonly error: string
}

/** A csv file as it is: names of columns, and cells by row. */
export interface CsvFile {
  readonly names: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'is a folder, not a csv file',
  EACCES: 'may not be read: its permissions do not allow it',
  CSV_QUOTE_NOT_CLOSED: 'has a quote that is never closed',
}

/** What is wrong at the line where reading stopped, by the parser's code. */
const reasonsOfLines: Readonly<Record<string, string>> = {
  INVALID_OPENING_QUOTE: 'a quote stands within a value; put the whole value in quotes, and double those inside',
  CSV_INVALID_CLOSING_QUOTE: 'something follows a closing quote; double quotes that belong to the value',
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE:
    'something follows a closing quote; double quotes that belong to the value',
  CSV_RECORD_INCONSISTENT_FIELDS_LENGTH: 'has another number of columns than the first line',
}

function describeReason(error: unknown): string {
  const { code = '', lines } = error as NodeJS.ErrnoException & { readonly lines?: number }
  const ofLine = reasonsOfLines[code]
  return reasons[code] ?? (ofLine ? `line ${lines}: ${ofLine}` : describeError(error).split('\n')[0]!)
}

/** Reads a csv file, plain or gzipped (whatever its name). */
export async function readCsvFile(file: string): Promise<CsvFile | UnreadableFile> {
  try {
    const bytes = await readFile(file)
    const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? await unzip(bytes) : bytes).toString('utf8')
    const [names = [], ...rows] = parse(text, { bom: true, skip_empty_lines: true, trim: true }) as string[][]
    return rows.length === 0 ? { error: 'has no rows' } : { names, rows }
  } catch (error) {
    return { error: describeReason(error) }
  }
}

/** Why a file lacks one of these columns, or nothing. */
export function findMissingColumn({ names }: CsvFile, asked: readonly string[]): UnreadableFile | undefined {
  const missing = asked.find((name) => !names.includes(name))
  const there = names.map((name) => `\`${name}\``).join(', ')
  return missing === undefined ? undefined : { error: `has no column \`${missing}\`; it has ${there}` }
}
