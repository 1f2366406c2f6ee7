/** A text with `«…»` around the place that a diagnostic must point at: the bare text, and the place. */
export function readMarked(marked: string): {
  readonly text: string
  readonly span: { readonly start: number; readonly end: number }
} {
  const start = marked.indexOf('«')
  const end = marked.indexOf('»') - 1
  if (start < 0 || end < start) throw new Error(`no «mark» in ${marked}`)
  return { text: marked.replace('«', '').replace('»', ''), span: { start, end } }
}
