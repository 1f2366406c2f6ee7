import { expectAccepted } from '../base/diagnostic.ts'
import { identify } from '../dsl/identify.ts'
import { parse } from '../dsl/parse.ts'

/** Key of an exploration given as text: the hash of its tree, without header lines. */
export const identifyText = (text: string): string => identify(expectAccepted(parse(text)))
