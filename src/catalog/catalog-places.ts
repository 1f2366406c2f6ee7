import type { Diagnostic, Source, Span } from '../base/diagnostic.ts'
import type { YamlPath, YamlText } from '../base/read-yaml.ts'
import type { ModelEntry } from './model-entry.ts'

/** Where a catalog's parts are written. Paths are those of the YAML: `['models', 'account', 'metrics', 'signups', 'measure']`. */
export interface CatalogPlaces {
  readonly locate: (path: YamlPath) => { readonly source: Source; readonly span: Span } | undefined
}

export function createPlaces(models: ReadonlyMap<string, ModelEntry>, files: readonly YamlText[]): CatalogPlaces {
  return {
    locate: (path) => {
      const yaml = path[0] === 'models' ? models.get(String(path[1]))?.yaml : files[0]
      return yaml && { source: yaml.source, span: yaml.locate(path) }
    },
  }
}

/**
 * A diagnostic about a text inside the catalog (a measure, an exploration), moved to its place in the file. Its span counts
 * from the start of that text; where the file writes the text with escapes or over several lines, the whole of it is marked.
 */
export function placeDiagnostic(
  diagnostic: Diagnostic,
  path: YamlPath,
  text: string,
  places: CatalogPlaces,
): Diagnostic {
  const place = places.locate(path)
  if (!place) return diagnostic
  const { source, span } = place
  const { start, end } = diagnostic.span ?? { start: 0, end: text.length }
  const written = source.text.slice(span.start, span.end)
  const offset = written.indexOf(text)
  if (offset >= 0) {
    const from = span.start + offset
    return { ...diagnostic, source, span: { start: from + start, end: from + end }, fixes: moveFixes(diagnostic, from) }
  }
  return { ...diagnostic, source, span: findLine(written, text, { start, end }, span), fixes: [] }
}

/** The same for one that knows its `path` and marks the whole of what is there. */
export function locateDiagnostic(diagnostic: Diagnostic, places: CatalogPlaces): Diagnostic {
  const place = diagnostic.path && places.locate(diagnostic.path)
  return place ? { ...diagnostic, ...place } : diagnostic
}

const moveFixes = ({ fixes }: Diagnostic, by: number) =>
  fixes.map((fix) => ({ ...fix, span: { start: fix.span.start + by, end: fix.span.end + by } }))

/** In a block of several indented lines, the part of one line that `inner` marks in `text`. */
function findLine(written: string, text: string, inner: Span, span: Span): Span {
  const lineStart = text.lastIndexOf('\n', inner.start - 1) + 1
  const lineEnd = text.indexOf('\n', inner.start)
  const line = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd)
  const trimmed = line.trim()
  const offset = trimmed === '' ? -1 : written.indexOf(trimmed)
  if (offset < 0) return span
  const indent = line.length - line.trimStart().length
  const at = span.start + offset + Math.max(0, inner.start - lineStart - indent)
  const length = Math.min(inner.end, lineStart + line.trimEnd().length) - inner.start
  return { start: at, end: at + Math.max(1, length) }
}
