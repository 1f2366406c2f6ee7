const plain = (name: string) => name.toLowerCase().replace(/[_\s-]/g, '')
const isPluralOf = (many: string, one: string) =>
  [`${plain(one)}s`, `${plain(one)}es`, plain(one).replace(/y$/, 'ies')].includes(plain(many)) && many !== one
/** Written another way, not another word: case, underscores, singular and plural. */
export const isSameWord = (a: string, b: string): boolean =>
  plain(a) === plain(b) || isPluralOf(a, b) || isPluralOf(b, a)

/** The candidate that was surely meant, if there is exactly one. */
export function findMeant(name: string, candidates: readonly string[]): string | undefined {
  const same = candidates.filter((candidate) => isSameWord(name, candidate))
  if (same.length === 1) return same[0]
  // A function's column without a name of its own: `hour_of_day` for `hour_of_day_at`.
  const longer = candidates.filter((candidate) => candidate.startsWith(`${name}_`))
  if (same.length === 0 && longer.length === 1 && name.includes('_')) return longer[0]
  const exact = same.filter((candidate) => plain(candidate) === plain(name))
  return exact.length === 1 ? exact[0] : undefined
}
