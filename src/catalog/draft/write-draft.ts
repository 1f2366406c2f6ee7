import { humanizeName } from '../build-model.ts'
import type { DraftField, DraftMetric, DraftModel, DraftRelation } from './draft.ts'

/** A drafted model as a YAML file, with the reason of each guess as a comment. */
export function writeDraft(model: DraftModel, warehouse: string): string {
  const lines = [
    `# Drafted by \`hunch init\` from ${warehouse}: guesses from names and rows. Mend what is wrong, and run \`hunch check\`.`,
    'models:',
    `  ${model.name}:`,
    ...(model.sql === undefined
      ? [`    table: ${quoteYaml(model.table)} # ${model.tableNote}`]
      : [`    # ${model.tableNote}`, '    sql: |-', ...model.sql.split('\n').map((line) => `      ${line}`)]),
    `    key: ${model.key.length === 1 ? quoteYaml(model.key[0] ?? '') : `[${model.key.map(quoteYaml).join(', ')}]`} # ${model.keyNote}`,
    `    label: ${quoteYaml(humanizeName(model.name))}`,
    '    fields:',
    ...align(model.fields.map(writeField)),
    ...(model.relations.length > 0 ? ['    relations:', ...align(model.relations.map(writeRelation))] : []),
    `    semantics: ${writeMap({ ...model.semantics })}`,
    ...(model.portrait
      ? [
          '    portrait: true # few rows: what stands in them is told, too, not only what is new; take it out when you know them',
        ]
      : []),
    ...(model.metricsNote ? [`    # ${model.metricsNote}`] : []),
    ...(model.metrics.length > 0 ? ['    metrics:', ...model.metrics.flatMap(writeMetric)] : []),
  ]
  return `${lines.join('\n')}\n`
}

interface Entry {
  readonly name: string
  readonly map: string
  readonly note: string | undefined
}

function align(entries: readonly Entry[]): readonly string[] {
  const width = Math.max(...entries.map(({ name }) => name.length)) + 1
  return entries.map(({ name, map, note }) => `      ${`${name}:`.padEnd(width)} ${map}${note ? ` # ${note}` : ''}`)
}

function writeField({ name, column, label, type, values, hidden, pii, note }: DraftField): Entry {
  const isLabelled = values.some(({ value, label }) => value !== label)
  const list = isLabelled
    ? `{ ${values.map(({ value, label }) => `${quoteYaml(value)}: ${quoteYaml(label)}`).join(', ')} }`
    : `[${values.map(({ value }) => quoteYaml(value)).join(', ')}]`
  const map = writeMap(
    { type, column: column === name ? undefined : column, label, hidden: hidden || undefined, pii: pii || undefined },
    values.length > 0 ? { values: list } : {},
  )
  return { name, map, note }
}

const writeRelation = ({ name, to, kind, column, note }: DraftRelation): Entry => ({
  name,
  map: writeMap({ to, [kind]: column }),
  note,
})

function writeMetric({ name, label, measure, time, good, slices, unit, format, note }: DraftMetric): readonly string[] {
  return [
    ...(note ? [`      # ${note}`] : []),
    `      ${name}:`,
    `        label: ${quoteYaml(label)}`,
    `        measure: ${quoteYaml(measure)}`,
    `        time: ${time}`,
    ...(good ? [`        good: ${good}`] : []),
    ...(slices.length > 0 ? [`        slices: [${slices.join(', ')}]`] : []),
    ...(unit ? [`        unit: ${quoteYaml(unit)}`] : []),
    ...(format === 'number' ? [] : [`        format: ${format}`]),
  ]
}

/** A map on one line; `written` are values that are YAML already. */
function writeMap(
  map: Readonly<Record<string, string | boolean | undefined>>,
  written: Readonly<Record<string, string>> = {},
): string {
  const entries = Object.entries(map).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}: ${typeof value === 'string' ? quoteYaml(value) : value}`],
  )
  return `{ ${[...entries, ...Object.entries(written).map(([key, value]) => `${key}: ${value}`)].join(', ')} }`
}

/** A text as a YAML scalar that is safe in any place: plain where no reader could take it for something else. */
function quoteYaml(text: string): string {
  const isPlain = /^[A-Za-z_][\w .()/-]*[\w)]$|^[A-Za-z_]$/.test(text)
  const isWord = /^(true|false|null|yes|no|on|off|y|n|nan|inf)$/i.test(text)
  return isPlain && !isWord && !text.includes(' #') ? text : JSON.stringify(text)
}
