import { readFileSync } from 'node:fs'
import { accept, createDiagnostic, type Outcome, reject } from './diagnostic.ts'
import { describeError } from './failure.ts'

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'its permissions do not allow it',
}

/** The text of a file that somebody named or put into a folder, or why it cannot be read. */
export function readTextFile(file: string): Outcome<string> {
  try {
    return accept(readFileSync(file, 'utf8'))
  } catch (error) {
    const reason = reasons[(error as NodeJS.ErrnoException).code ?? ''] ?? describeError(error)
    return reject(
      createDiagnostic({
        code: 'missing-file',
        message: `\`${file}\` cannot be read: ${reason}`,
        hint: 'Check that it is there, and that you may read it.',
      }),
    )
  }
}
