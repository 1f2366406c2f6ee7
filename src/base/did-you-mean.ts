/** Edit distance with transpositions (optimal string alignment), capped at `most + 1`. */
function measureDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min((row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, (last[j - 1] ?? 0) + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1)
      row.push(best)
    }
    beforeLast = last
    last = row
  }
  return last[b.length] ?? most + 1
}

/** Up to three of `names` that `text` may have meant, nearest first; case and underscores count little. */
export function suggestNames(text: string, names: Iterable<string>): readonly string[] {
  const plain = (name: string) => name.toLowerCase().replace(/[_\s-]/g, '')
  const wanted = plain(text)
  const most = Math.max(1, Math.floor(wanted.length * 0.4))
  return [...new Set(names)]
    .map((name) => {
      const candidate = plain(name)
      const isPart =
        wanted.length >= 3 && candidate.length >= 2 && (candidate.includes(wanted) || wanted.includes(candidate))
      return { name, distance: Math.min(measureDistance(wanted, candidate, most), isPart ? most : most + 1) }
    })
    .filter(({ distance }) => distance <= most)
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name)
}
