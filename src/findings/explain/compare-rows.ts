import { identifySlice } from '../../hypotheses/series/scan-table.ts'
import type { Controlled } from '../errors/control-errors.ts'
import type { RowsOf } from './standing.ts'

/** Share of the rows of both that two verdicts have in common from which on they are about the same rows. */
const commonMin = 0.7

/** Whether two verdicts of one model say, in the same direction, something of (nearly) the same rows. */
export const compareRows =
  (rowsOf: RowsOf) =>
  ({ verdict: a }: Controlled, { verdict: b }: Controlled): boolean => {
    if (a.hypothesis.model !== b.hypothesis.model || a.numbers.direction !== b.numbers.direction) return false
    if (identifySlice(a.hypothesis.slice) === identifySlice(b.hypothesis.slice) && a.numbers.from === b.numbers.from)
      return true
    const [own, other] = [rowsOf(a), rowsOf(b)]
    if (!own || !other) return false
    let [both, either] = [0, 0]
    for (let at = 0; at < own.length; at++) {
      both += own[at]! & other[at]!
      either += own[at]! | other[at]!
    }
    return both > 0 && both >= commonMin * either
  }
