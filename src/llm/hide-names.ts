import type { Diagnostic } from '../base/diagnostic.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { isFieldOpen, isMetricOpen } from './describe-catalog.ts'

const wordsOf = (text: string): readonly string[] => text.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []

/** Names of hidden and personal fields, and of metrics made of them, that nothing open bears as well. */
export function listClosedNames(catalog: Catalog): ReadonlySet<string> {
  const open = new Set<string>()
  const closed = new Set<string>()
  for (const model of Object.values(catalog.models)) {
    for (const name of [model.name, ...Object.keys(model.relations)]) open.add(name)
    for (const field of Object.values(model.fields)) (isFieldOpen(field) ? open : closed).add(field.name)
    for (const metric of Object.values(model.metrics)) (isMetricOpen(model, metric) ? open : closed).add(metric.name)
  }
  return new Set([...closed].filter((name) => !open.has(name)))
}

/** Whether an exploration uses any of these names: outside its texts and comments. */
export const namesClosed = (text: string, closed: ReadonlySet<string>): boolean =>
  wordsOf(text.replace(/"(?:[^"\\]|\\.)*"|#.*$/gm, ' ')).some((word) => closed.has(word))

/** `` `a`, `email`, `b` `` becomes `` `a`, `b` ``; a name that stands alone becomes `…`. */
function hideInText(text: string, isClosed: (text: string) => boolean): string {
  return text.replace(/`[^`]+`(?:, `[^`]+`)*/g, (list) => {
    const names = list.split(/(?<=`), (?=`)/)
    const open = names.filter((name) => !isClosed(name))
    return open.length > 0 ? open.join(', ') : '`…`'
  })
}

/** Faults of the catalog, which no exploration mends; they speak of policies. */
const ofCatalog: ReadonlySet<string> = new Set(['broken-metric', 'broken-policy', 'unknown-viewer'])

/** What a model may be told: mistakes that are its own, and what it can mend. */
export const isForModel = ({ code }: Diagnostic): boolean => !ofCatalog.has(code)

/**
 * A diagnostic as a model may read it: the compiler names every column there is, and those that are hidden or personal go no further. What
 * the model wrote itself stays in the message and the code frame, since it knows that; hints and candidates never confirm it.
 */
export function hideNames(diagnostic: Diagnostic, closed: ReadonlySet<string>, attempt: string): Diagnostic {
  const own = new Set(wordsOf(attempt))
  const isClosed = (text: string) => wordsOf(text).some((word) => closed.has(word))
  const isNews = (text: string) => wordsOf(text).some((word) => closed.has(word) && !own.has(word))
  const { source: _, span: __, hint, ...rest } = diagnostic
  const { source, span } = diagnostic
  return {
    ...rest,
    message: hideInText(diagnostic.message, isNews),
    ...(hint === undefined ? {} : { hint: hideInText(hint, isClosed) }),
    // A name that the compiler mended stands in the text that it goes on with.
    ...(source && span && !isNews(source.text) ? { source, span } : {}),
    candidates: diagnostic.candidates.filter((name) => !isClosed(name)),
    fixes: diagnostic.fixes.filter(({ title, text }) => !isClosed(title) && !isClosed(text)),
  }
}
