import type { Codemod } from './codemod.ts'
import { dayOfATime } from './day-of-a-time.ts'

/** Every change of the language, oldest first. A new one is a file and a line here, and raises `dslVersion`. */
export const codemods: readonly Codemod[] = [dayOfATime]
