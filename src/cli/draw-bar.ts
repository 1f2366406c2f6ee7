const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

/** A bar for a share 0..1 (more is as long as 1), exact to an eighth of a character, padded to `columns`. */
export function drawBar(share: number, columns: number): string {
  const length = Math.round(Math.min(1, Math.max(0, share)) * columns * 8)
  return ('█'.repeat(length >> 3) + eighths[length & 7]!).padEnd(columns)
}
