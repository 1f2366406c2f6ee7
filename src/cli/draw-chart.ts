const bars = '▁▂▃▄▅▆▇█'

/** A row of block characters, one a column, for a line of at most `columns` characters: means of equal runs of points. Gaps are blanks. */
export function drawChart(values: readonly (number | null)[], columns: number): string {
  const width = Math.min(columns, values.length)
  const means = Array.from({ length: width }, (_, k) => {
    const run = values.slice(Math.floor((k * values.length) / width), Math.floor(((k + 1) * values.length) / width))
    const known = run.filter((x) => x !== null)
    return known.length > 0 ? known.reduce((sum, x) => sum + x, 0) / known.length : undefined
  })
  const known = means.filter((x) => x !== undefined)
  const [low, high] = [Math.min(...known), Math.max(...known)]
  const height = (x: number) => (high > low ? Math.round(((x - low) / (high - low)) * (bars.length - 1)) : 0)
  return means.map((x) => (x === undefined ? ' ' : bars[height(x)])).join('')
}
