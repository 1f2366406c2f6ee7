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
}

/** Reads a csv file, plain or gzipped (whatever its name). */
export async function readCsvFile(file: string): Promise<CsvFile | UnreadableFile> {
  try {
    const bytes = await readFile(file)
    const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? await unzip(bytes) : bytes).toString('utf8')
    const [names = [], ...rows] = parse(text, { bom: true, skip_empty_lines: true, trim: true }) as string[][]
    return rows.length === 0 ? { error: 'has no rows' } : { names, rows }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    return { error: reasons[code] ?? describeError(error).split('\n')[0]! }
  }
}

/** Why a file lacks one of these columns, or nothing. */
export function findMissingColumn({ names }: CsvFile, asked: readonly string[]): UnreadableFile | undefined {
  const missing = asked.find((name) => !names.includes(name))
  const there = names.map((name) => `\`${name}\``).join(', ')
  return missing === undefined ? undefined : { error: `has no column \`${missing}\`; it has ${there}` }
}
