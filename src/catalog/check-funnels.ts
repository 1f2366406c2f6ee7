import type { Diagnostic } from '../base/diagnostic.ts'
import { suggestNames } from '../base/did-you-mean.ts'
import { findFieldMistake } from './find-field-mistake.ts'
import { listNames, type ModelEntry, type Models, markKey, markValue } from './model-entry.ts'

/** What a funnel names has to be there: the time of a beginning, the way to the events, the events themselves. */
export function checkFunnels(entry: ModelEntry, models: Models): readonly Diagnostic[] {
  return Object.entries(entry.funnels).flatMap(([name, funnel]) => {
    if (funnel === undefined) return []
    return [...checkTime(entry, name, funnel.time), ...checkEvents(entry, name, funnel, models)]
  })
}

function checkTime(entry: ModelEntry, name: string, time: string | undefined): readonly Diagnostic[] {
  if (time === undefined && entry.semantics?.created === undefined)
    return [
      markKey(entry, ['funnels', name], {
        code: 'missing-key',
        message: `funnel \`${name}\` does not say when one begins`,
        hint: 'Add `time: …` with a field of type date or timestamp, or `created` to `semantics` of the model.',
      }),
    ]
  const mistake = time === undefined ? undefined : findFieldMistake(entry, time, `the time of funnel \`${name}\``, true)
  return mistake ? [markValue(entry, ['funnels', name, 'time'], mistake)] : []
}

type FunnelText = NonNullable<ModelEntry['funnels'][string]>

function checkEvents(
  entry: ModelEntry,
  name: string,
  { events, stages }: FunnelText,
  models: Models,
): readonly Diagnostic[] {
  let model: ModelEntry | undefined = entry
  for (const step of events.split('.')) {
    const relation: ModelEntry['relations'][string] = model.relations[step]
    if (!Object.hasOwn(model.relations, step))
      return [
        markValue(entry, ['funnels', name, 'events'], {
          code: 'unknown-relation',
          message: `the events of funnel \`${name}\` are \`${events}\`, but \`${model.name}\` has no relation \`${step}\``,
          hint: `Relations are ${listNames(Object.keys(model.relations)) || 'none'}.`,
          candidates: suggestNames(step, Object.keys(model.relations)),
        }),
      ]
    model = relation && models.get(relation.to)
    // a mistake of its own
    if (!model) return []
  }
  const { semantics } = model
  if (semantics?.time === undefined)
    return [
      markValue(entry, ['funnels', name, 'events'], {
        code: 'missing-key',
        message: `the events of funnel \`${name}\` are rows of \`${model.name}\`, of which nothing says when they happened`,
        hint: `Write \`semantics: { kind: event, time: … }\` for \`${model.name}\`.`,
      }),
    ]
  return stages.flatMap((stage, index) =>
    typeof stage === 'string' ? checkStage(entry, ['funnels', name, 'stages', index], stage, model) : [],
  )
}

/** An event by its name: the catalog says which field holds it, and perhaps which names there are. */
function checkStage(
  entry: ModelEntry,
  path: readonly (string | number)[],
  event: string,
  { name: model, semantics, fields }: ModelEntry,
): readonly Diagnostic[] {
  if (semantics?.name === undefined)
    return [
      markValue(entry, path, {
        code: 'missing-key',
        message: `the catalog does not say which field of \`${model}\` holds the name of an event`,
        hint: `Add \`name: …\` to \`semantics\` of \`${model}\`, or write the stage as \`{ name: ${event}, where: … }\`.`,
      }),
    ]
  const values = fields[semantics.name]?.values
  if (values === undefined) return []
  const names = Array.isArray(values) ? values : Object.keys(values)
  if (names.length === 0 || names.includes(event)) return []
  return [
    markValue(entry, path, {
      code: 'unknown-value',
      message: `no event of \`${model}\` is called \`${event}\``,
      hint: `Its \`${semantics.name}\` may be ${listNames(names)}.`,
      candidates: suggestNames(event, names),
    }),
  ]
}
