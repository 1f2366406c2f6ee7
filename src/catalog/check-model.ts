import type { Diagnostic } from '../base/diagnostic.ts'
import { suggestNames } from '../base/did-you-mean.ts'
import type { YamlPath } from '../base/read-yaml.ts'
import { pairColumns } from './build-model.ts'
import { checkFunnels } from './check-funnels.ts'
import { checkGoals } from './check-goals.ts'
import { checkSlices } from './check-slices.ts'
import { findFieldMistake } from './find-field-mistake.ts'
import { listNames, type ModelEntry, type Models, markKey, markValue } from './model-entry.ts'

/** What a schema cannot see: names that lead nowhere, columns of the wrong type, keys that exclude each other. */
export function checkModel(entry: ModelEntry, models: Models): readonly Diagnostic[] {
  return [
    ...checkSource(entry),
    ...checkNames(entry),
    ...checkBalances(entry),
    ...checkRelations(entry, models),
    ...checkTimes(entry),
    ...checkSlices(entry, models),
    ...checkGoals(entry),
    ...checkFunnels(entry, models),
  ]
}

function checkSource(entry: ModelEntry): readonly Diagnostic[] {
  const { name, hasTable, hasSql, fields, yaml } = entry
  const found: Diagnostic[] = []
  if (!hasTable && !hasSql)
    found.push(
      markKey(entry, [], {
        code: 'missing-key',
        message: `model \`${name}\` has neither \`table\` nor \`sql\``,
        hint: 'Add `table: …` with the name of a table or view.',
      }),
    )
  if (hasTable && hasSql)
    found.push(
      markKey(entry, ['sql'], {
        code: 'conflicting-keys',
        message: `model \`${name}\` has both \`table\` and \`sql\``,
        hint: 'Keep one of the two.',
      }),
    )
  // A model without `fields:` at all was told so by the shape.
  const isWritten = yaml.locateKey(['models', name, 'fields']).start !== yaml.locateKey(['models', name]).start
  if (isWritten && Object.keys(fields).length === 0)
    found.push(
      markKey(entry, ['fields'], {
        code: 'missing-key',
        message: `model \`${name}\` has no fields`,
        hint: 'Add the columns that explorations may use: `plan: { type: text }`.',
      }),
    )
  return found
}

/** Fields and relations share one space of names: `account.plan` must mean one thing. */
function checkNames(entry: ModelEntry): readonly Diagnostic[] {
  return Object.keys(entry.relations)
    .filter((name) => Object.hasOwn(entry.fields, name))
    .map((name) =>
      markKey(entry, ['relations', name], {
        code: 'duplicate-name',
        message: `\`${name}\` is both a field and a relation of \`${entry.name}\``,
        hint: 'Give the relation another name.',
      }),
    )
}

/** What is held at one time is a number; anything else has nothing to add up over time. */
function checkBalances(entry: ModelEntry): readonly Diagnostic[] {
  return Object.entries(entry.fields).flatMap(([name, field]) =>
    field?.over_time === undefined || field.type === 'number'
      ? []
      : markValue(entry, ['fields', name, 'over_time'], {
          code: 'wrong-value',
          message: `field \`${name}\` is of type ${field.type}, and only a number is held over time`,
          hint: 'Leave `over_time` out, or declare the type of the field as `number`.',
        }),
  )
}

const relationKinds = ['one', 'many', 'through'] as const
const countWords = ['none', '', 'two', 'all']

function checkRelations(entry: ModelEntry, models: Models): readonly Diagnostic[] {
  return Object.entries(entry.relations).flatMap(([name, relation]) => {
    if (relation === undefined) return []
    const found: Diagnostic[] = []
    const kinds = relationKinds.filter((kind) => relation[kind] !== undefined)
    const [kind] = kinds
    if (kinds.length !== 1)
      found.push(
        markKey(entry, ['relations', name], {
          code: 'conflicting-keys',
          message: `relation \`${name}\` has ${countWords[kinds.length]} of \`one\`, \`many\` and \`through\``,
          hint: 'Keep one: `one: owner_id` for a column here, `many: account_id` for a column of the other model, `through: …` for a bridge table.',
        }),
      )
    const target = models.get(relation.to)
    if (target === undefined) {
      found.push(
        markValue(entry, ['relations', name, 'to'], {
          code: 'unknown-model',
          message: `relation \`${name}\` leads to \`${relation.to}\`, which is no model`,
          hint: `Models are ${listNames([...models.keys()])}.`,
          candidates: suggestNames(relation.to, models.keys()),
        }),
      )
    } else if (kind && kinds.length === 1 && entry.key && target.key && !pairColumns(relation, entry.key, target.key)) {
      const [owner, key] = kind === 'one' ? [relation.to, target.key] : [entry.name, entry.key]
      found.push(
        markValue(entry, ['relations', name, kind], {
          code: 'wrong-value',
          message: `relation \`${name}\` does not name one column for each of the key of \`${owner}\``,
          hint: `Its key is ${listNames(key)}; name as many columns in the same order, or write a map \`this column: other column\`.`,
        }),
      )
    }
    if (kind !== undefined) found.push(...checkValidity(entry, name, relation, target))
    return found
  })
}

/** `valid` chooses one row at a time, by two times of the other model; a bridge joins two models. */
function checkValidity(
  entry: ModelEntry,
  name: string,
  relation: NonNullable<ModelEntry['relations'][string]>,
  target: ModelEntry | undefined,
): readonly Diagnostic[] {
  const { valid = [], one, through, to } = relation
  const found: Diagnostic[] = []
  if (valid.length > 0 && one === undefined)
    found.push(
      markKey(entry, ['relations', name, 'valid'], {
        code: 'conflicting-keys',
        message: `relation \`${name}\` has \`valid\`, which goes with \`one\``,
        hint: 'It chooses the one row that holds at a time: write `one: { id: account_id }`, or leave `valid` out.',
      }),
    )
  if (through !== undefined && to === entry.name)
    found.push(
      markValue(entry, ['relations', name, 'through'], {
        code: 'wrong-value',
        message: `relation \`${name}\` leads through a bridge table from \`${to}\` to itself, whose columns would have one name`,
        hint: 'Give the bridge table a model of its own, with relations to both sides.',
      }),
    )
  for (const [at, column] of valid.entries()) {
    const type = target?.fields[column]?.type
    if (type !== undefined && type !== 'date' && type !== 'timestamp')
      found.push(
        markValue(entry, ['relations', name, 'valid', at], {
          code: 'wrong-field-type',
          message: `\`valid\` of relation \`${name}\` names \`${column}\`, a field of type ${type}, not a date or timestamp`,
          hint: `Name the times from when and until when a row of \`${to}\` holds.`,
        }),
      )
  }
  return found
}

/** Fields that metrics and semantics name: they must be there, and times be times. */
function checkTimes(entry: ModelEntry): readonly Diagnostic[] {
  const { metrics, semantics } = entry
  const check = (path: YamlPath, name: string | undefined, whose: string, mustBeTime: boolean) => {
    const mistake = name === undefined ? undefined : findFieldMistake(entry, name, whose, mustBeTime)
    return mistake ? [markValue(entry, path, mistake)] : []
  }
  return [
    ...Object.entries(metrics).flatMap(([name, metric]) =>
      check(['metrics', name, 'time'], metric?.time, `the time of metric \`${name}\``, true),
    ),
    ...check(['semantics', 'name'], semantics?.name, '`name` in `semantics`', false),
    ...check(['semantics', 'created'], semantics?.created, '`created` in `semantics`', true),
    ...check(['semantics', 'time'], semantics?.time, '`time` in `semantics`', true),
  ]
}
