import { z } from 'zod'
import { createDiagnostic, type Diagnostic, type Outcome, reject, type Span } from './diagnostic.ts'
import { suggestNames } from './did-you-mean.ts'
import type { YamlPath, YamlText } from './read-yaml.ts'

/** The parts of a JSON schema that say which keys and types may stand somewhere. */
export interface JsonSchema {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly additionalProperties?: JsonSchema | boolean
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly description?: string
  readonly default?: unknown
  readonly required?: readonly string[]
}

/** The schema as somebody who writes the file needs it: defaults optional. */
export const describeShape = (schema: z.ZodType): JsonSchema => z.toJSONSchema(schema, { io: 'input' }) as JsonSchema

/** All schemas that may stand at `path` (several where a union is on the way). */
export function listSchemasAt(schema: JsonSchema, path: YamlPath): readonly JsonSchema[] {
  const widen = (one: JsonSchema): readonly JsonSchema[] => [one, ...(one.anyOf ?? []).flatMap(widen)]
  return path.reduce<readonly JsonSchema[]>((found, step) => {
    const below = found.map((one) => {
      if (typeof step === 'number') return one.items
      return (
        one.properties?.[step] ?? (typeof one.additionalProperties === 'object' ? one.additionalProperties : undefined)
      )
    })
    return below.filter((one) => one !== undefined).flatMap(widen)
  }, widen(schema))
}

/**
 * The file's value as `schema` reads it, or every mistake in it at once, each with its place. Values are never quoted in
 * messages unless the schema lists what may stand there: a file may hold secrets.
 */
export function checkShape<S extends z.ZodType>(yaml: YamlText, schema: S): Outcome<z.output<S>> {
  const parsed = schema.safeParse(yaml.value ?? {})
  if (parsed.success) return { ok: true, value: parsed.data, diagnostics: [] }
  const shape = describeShape(schema)
  const diagnostics = parsed.error.issues.flatMap((issue) => describeIssue(issue, yaml, shape))
  return reject(...diagnostics.toSorted((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0)))
}

type Issue = z.core.$ZodIssue

function describeIssue(issue: Issue, yaml: YamlText, shape: JsonSchema): readonly Diagnostic[] {
  const path = issue.path.filter((step) => typeof step !== 'symbol')
  const at = (span: Span | undefined, rest: Pick<Diagnostic, 'code' | 'message'> & Partial<Diagnostic>) =>
    createDiagnostic({ source: yaml.source, span, ...rest })
  const place = formatPath(path)

  if (issue.code === 'unrecognized_keys') {
    const known = [...new Set(listSchemasAt(shape, path).flatMap((one) => Object.keys(one.properties ?? {})))]
    return issue.keys.map((key) =>
      at(yaml.locateKey([...path, key]), {
        code: 'unknown-key',
        message: `${path.length > 0 ? `${place} has` : 'the file has'} an unknown key \`${key}\``,
        hint: key.includes(' ')
          ? 'Text with a comma inside `{ }` or `[ ]` stands in double quotes.'
          : `Known here: ${known.map((name) => `\`${name}\``).join(', ')}.`,
        candidates: key.includes(' ') ? [] : suggestNames(key, known),
      }),
    )
  }
  if (issue.code === 'invalid_key') {
    const [message = '', hint] = (issue.issues[0]?.message ?? '').split(' | ')
    return [at(yaml.locateKey(path), { code: 'wrong-value', message: `the name \`${path.at(-1)}\` ${message}`, hint })]
  }
  const value = readAt(yaml.value, path)
  if (value === undefined) {
    const name = path.at(-1)
    const owner = path.length > 1 ? formatPath(path.slice(0, -1)) : 'the file'
    const meaning = listSchemasAt(shape, path)[0]?.description
    return [
      at(path.length > 1 ? yaml.locateKey(path) : undefined, {
        code: 'missing-key',
        message: `${owner} has no \`${name}\``,
        hint: `Add \`${name}: …\`${meaning ? `: ${meaning}` : ''}.`.replace(/\.\.$/, '.'),
      }),
    ]
  }
  if (issue.code === 'invalid_value' && typeof value === 'string') {
    const allowed = issue.values.map(String)
    return [
      at(yaml.locate(path), {
        code: 'unknown-value',
        message: `${place} may not be \`${value}\``,
        hint: `It is one of ${allowed.map((name) => `\`${name}\``).join(', ')}.`,
        candidates: suggestNames(value, allowed),
      }),
    ]
  }
  const expected = describeExpected(issue)
  if (expected !== undefined) {
    const quotes = expected === 'text' && typeof value !== 'object' ? 'Put it in quotes.' : undefined
    return [
      at(yaml.locate(path), {
        code: 'wrong-type',
        message: `${place} is ${nameType(value)}, not ${expected}`,
        hint: quotes ?? `Write ${expected} there.`,
      }),
    ]
  }
  const [message = '', hint] = issue.message.split(' | ')
  const candidates = issue.code === 'custom' ? ((issue.params?.candidates as readonly string[]) ?? []) : []
  return [at(yaml.locate(path), { code: 'wrong-value', message: `${place} ${message}`, hint, candidates })]
}

/** What stands in the schema's stead, in words; undefined when the type is right and something else is wrong. */
function describeExpected(issue: Issue): string | undefined {
  const names: Readonly<Record<string, string>> = {
    string: 'text',
    number: 'a number',
    int: 'a whole number',
    boolean: '`true` or `false`',
    object: 'a map of keys',
    record: 'a map of keys',
    array: 'a list',
    tuple: 'a list',
  }
  if (issue.code === 'invalid_type') return names[issue.expected] ?? issue.expected
  if (issue.code === 'invalid_union') return issue.message
  if (issue.code === 'invalid_value') return issue.values.map((one) => `\`${String(one)}\``).join(' or ')
  return undefined
}

function nameType(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a map'
  return { string: 'text', number: 'a number', boolean: 'true or false' }[typeof value as string] ?? 'empty'
}

/** `` `teams.growth.members[0]` ``. */
function formatPath(path: YamlPath): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')
  return `\`${text.replace(/^\./, '')}\``
}

function readAt(value: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>(
    (found, step) =>
      found === null || typeof found !== 'object' ? undefined : (found as Record<string, unknown>)[step],
    value,
  )
}
