import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'

const unzip = promisify(gunzip)

/** The text of a file, unpacked where it is a gzip (whatever its name). */
export async function readTextFile(file: string): Promise<string> {
  const bytes = await readFile(file)
  return (bytes[0] === 0x1f && bytes[1] === 0x8b ? await unzip(bytes) : bytes).toString('utf8')
}
