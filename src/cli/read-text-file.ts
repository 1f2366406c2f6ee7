import { readFileSync } from 'node:fs'
import { accept, createDiagnostic, type Outcome, reject } from '../base/diagnostic.ts'
import { describeError } from '../base/failure.ts'

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'its permissions do not allow it',
}

/** The text of a file that was named on the command line, or why it cannot be read; `-` is standard input. */
export function readTextFile(file: string): Outcome<string> {
  try {
    return accept(readFileSync(file === '-' ? '/dev/stdin' : file, 'utf8'))
  } catch (error) {
    const reason = reasons[(error as NodeJS.ErrnoException).code ?? ''] ?? describeError(error)
    return reject(
      createDiagnostic({
        code: 'missing-file',
        message: `\`${file}\` cannot be read: ${reason}`,
        hint: 'Check the path; it is relative to the folder in which the command is started.',
      }),
    )
  }
}
