import { createDiagnostic, Rejection } from '../base/diagnostic.ts'

/** What a command throws when an option or an argument of its own is wrong: `message` says what is, `hint` how to write it. */
export const wrongOption = (message: string, hint: string, candidates: readonly string[] = []): Rejection =>
  new Rejection([createDiagnostic({ code: 'wrong-option', message, hint, candidates })])
