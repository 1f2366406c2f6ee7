import { applyFix, type Diagnostic, type Fix, isError } from '../../base/diagnostic.ts'

/** Rounds of mending; a mistake may come to light only when another is mended. */
export const roundsMax = 8

export interface Repaired<T> {
  readonly text: string
  readonly result: T
  /** What was mended, as `users → account.users`, in order. */
  readonly fixes: readonly string[]
}

/** The fixes of errors that have exactly one, none overlapping another, last in the text first. */
function chooseFixes(diagnostics: readonly Diagnostic[]): readonly Fix[] {
  const chosen: Fix[] = []
  for (const { fixes, ...diagnostic } of diagnostics) {
    const [fix] = fixes
    if (!isError({ fixes, ...diagnostic }) || !fix || fixes.length > 1) continue
    const overlaps = chosen.some(({ span }) => fix.span.start < span.end && span.start < fix.span.end)
    const isSame = chosen.some(({ span }) => fix.span.start === span.start && fix.span.end === span.end)
    if (!overlaps && !isSame) chosen.push(fix)
  }
  return chosen.sort((a, b) => b.span.start - a.span.start)
}

/**
 * Reads a text, applies every fix that is the only one for its mistake, and reads again, until nothing more can be mended. Where
 * mending led no further in the end, what was written stays.
 */
export function repair<T extends { readonly diagnostics: readonly Diagnostic[] }>(
  text: string,
  read: (text: string) => T,
): Repaired<T> {
  const first = read(text)
  let now = { text, result: first, fixes: [] as readonly string[] }
  for (let round = 0; round < roundsMax; round++) {
    const fixes = chooseFixes(now.result.diagnostics)
    if (fixes.length === 0) break
    const next = fixes.reduce(applyFix, now.text)
    if (next === now.text) break
    const titles = [...fixes].reverse().map(({ title }) => title)
    now = {
      text: next,
      result: read(next),
      fixes: [...now.fixes, ...titles.filter((title) => !now.fixes.includes(title))],
    }
  }
  return now.fixes.length > 0 && now.result.diagnostics.some(isError) ? pickBetter(text, first, now) : now
}

/**
 * Of two readings with mistakes, the mended one only if fewer are left, or as many of which none could be mended: then what could
 * has been, and what is left is what stands in the way.
 */
function pickBetter<T extends { readonly diagnostics: readonly Diagnostic[] }>(
  text: string,
  first: T,
  mended: Repaired<T>,
): Repaired<T> {
  const list = ({ diagnostics }: T) => diagnostics.filter(isError)
  const [before, after] = [list(first), list(mended.result)]
  const isMendedThrough =
    before.every(({ fixes }) => fixes.length === 1) && after.every(({ fixes }) => fixes.length !== 1)
  const isBetter = after.length < before.length || (after.length === before.length && isMendedThrough)
  return isBetter ? mended : { text, result: first, fixes: [] }
}
