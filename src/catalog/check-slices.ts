import type { Diagnostic } from '../base/diagnostic.ts'
import { suggestNames } from '../base/did-you-mean.ts'
import { listNames, type Mistake, type ModelEntry, type Models, markValue } from './model-entry.ts'

/** Each slice of a metric must be a field of its model, or a path to one over to-one relations. */
export function checkSlices(entry: ModelEntry, models: Models): readonly Diagnostic[] {
  return Object.entries(entry.metrics).flatMap(([metric, text]) =>
    (text?.slices ?? []).flatMap((slice, index) => {
      const mistake = followPath(entry, slice.split('.'), models)
      if (!mistake) return []
      const message = `metric \`${metric}\` is sliced by \`${slice}\`, ${mistake.message}`
      return [markValue(entry, ['metrics', metric, 'slices', index], { ...mistake, message })]
    }),
  )
}

/** Why `path` leads to no field, beginning at `entry`; undefined when it does, or when that cannot be said. */
function followPath(entry: ModelEntry, path: readonly string[], models: Models): Mistake | undefined {
  const [step = '', ...rest] = path
  const isRelation = Object.hasOwn(entry.relations, step)
  if (rest.length === 0) {
    if (Object.hasOwn(entry.fields, step)) return undefined
    const fields = Object.keys(entry.fields)
    return {
      code: 'unknown-field',
      message: isRelation
        ? `which is a relation of \`${entry.name}\`, not a field`
        : `but \`${entry.name}\` has no field \`${step}\``,
      hint: isRelation ? `Name a field behind it: \`${step}.…\`.` : `Fields are ${listNames(fields)}.`,
      candidates: isRelation
        ? listPaths(entry, models, step)
        : suggestNames(step, [...fields, ...listPaths(entry, models)]),
    }
  }
  if (!isRelation)
    return {
      code: 'unknown-relation',
      message: `but \`${entry.name}\` has no relation \`${step}\``,
      hint: `Relations are ${listNames(Object.keys(entry.relations)) || 'none'}.`,
      candidates: suggestNames(step, Object.keys(entry.relations)),
    }
  const relation = entry.relations[step]
  if (relation === undefined) return undefined
  if (relation.one === undefined)
    return {
      code: 'path-to-many',
      message: `but \`${step}\` leads to many rows`,
      hint: 'Slice by a field of the model itself, or by a path over relations with `one`.',
    }
  const next = models.get(relation.to)
  return next && followPath(next, rest, models)
}

/** Fields behind one to-one relation (`only`, or any), as paths. */
function listPaths(entry: ModelEntry, models: Models, only?: string): readonly string[] {
  const paths = Object.entries(entry.relations)
    .filter(([name, relation]) => relation?.one !== undefined && (only === undefined || name === only))
    .flatMap(([name, relation]) =>
      Object.keys(models.get(relation?.to ?? '')?.fields ?? {}).map((field) => `${name}.${field}`),
    )
  return only === undefined ? paths : paths.slice(0, 3)
}
