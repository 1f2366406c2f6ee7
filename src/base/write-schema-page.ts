import type { JsonSchema } from './check-shape.ts'

/**
 * A schema as rows of a table for a reference page: every key with its type, default and meaning. `<name>` stands for a name of the
 * writer's choice, `[]` for the items of a list.
 */
export function writeSchemaTable(schema: JsonSchema): string {
  const rows = listRows(schema, '', false)
  return ['| key | type | default | meaning |', '|---|---|---|---|', ...rows].join('\n')
}

function listRows(schema: JsonSchema, path: string, isRequired: boolean): readonly string[] {
  const own = path === '' ? [] : [writeRow(schema, path, isRequired)]
  const properties = Object.entries(schema.properties ?? {}).flatMap(([name, one]) =>
    listRows(one, path === '' ? name : `${path}.${name}`, schema.required?.includes(name) ?? false),
  )
  const { additionalProperties: named, items } = schema
  const entries = typeof named === 'object' && named.properties ? listRows(named, `${path}.<name>`, false) : []
  const listed = items?.properties ? listRows(items, `${path}[]`, false).slice(1) : []
  return [...own, ...properties, ...entries, ...listed]
}

function writeRow(schema: JsonSchema, path: string, isRequired: boolean): string {
  const { default: initial, description = '' } = schema
  const shown =
    initial === undefined || (typeof initial === 'object' && initial !== null && Object.keys(initial).length === 0)
      ? isRequired
        ? 'required'
        : ''
      : `\`${typeof initial === 'string' ? initial : JSON.stringify(initial)}\``
  return `| \`${path}\` | ${describeType(schema)} | ${shown} | ${description.replace(/\|/g, '\\|')} |`
}

function describeType(schema: JsonSchema): string {
  const { type, enum: values, anyOf, items, additionalProperties: named, properties } = schema
  if (values) return values.map((value) => `\`${String(value)}\``).join(' ')
  if (anyOf) return anyOf.map(describeType).join(', or ')
  if (type === 'array') return items && !items.properties ? `list of ${describeType(items)}` : 'list'
  if (properties) return 'map'
  if (typeof named === 'object') return named.properties ? 'map by name' : `map of name to ${describeType(named)}`
  const names: Readonly<Record<string, string>> = {
    string: 'text',
    integer: 'whole number',
    number: 'number',
    boolean: '`true` or `false`',
    object: 'map',
  }
  return names[String(type)] ?? String(type)
}

/** A schema as a file for editors. */
export const writeSchemaFile = (schema: JsonSchema): string => `${JSON.stringify(schema, undefined, 2)}\n`
