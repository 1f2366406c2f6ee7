import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument, type YAMLError } from 'yaml'
import { createDiagnostic, type Diagnostic, type Outcome, type Source, type Span } from './diagnostic.ts'

/** Names of keys and indexes of items, from the top of the file. */
export type YamlPath = readonly (string | number)[]

/** What a YAML file says, and where it says it. */
export interface YamlText {
  readonly source: Source
  /** Plain data. Keys are always text, as they are written: `007` stays `007`. */
  readonly value: unknown
  /** The value at `path`; the key of one that spans several lines; the nearest thing above one that is not there. */
  readonly locate: (path: YamlPath) => Span
  readonly locateKey: (path: YamlPath) => Span
}

export interface YamlOptions {
  /** Scalars at these paths are read as text, as written: `no`, `007` and `2026-01-01` keep their letters. */
  readonly isText?: (path: YamlPath) => boolean
  /** Last word on a scalar's value, for `${NAME}`. A diagnostic stands for a value that cannot be given. */
  readonly replaceText?: (text: string, path: YamlPath, span: Span) => unknown
}

/** Limits past which a file is refused: aliases can grow without end, or hold themselves. */
const nodesMax = 200_000
const depthMax = 50

/**
 * Reads YAML 1.2 (so `on`, `off`, `yes` and `no` are text, and dates too). All mistakes are reported at once; `value` is given
 * even with a key that stands twice, in which case the first one counts.
 */
export function readYaml(source: Source, options: YamlOptions = {}): Outcome<YamlText> {
  const document = parseDocument(source.text, { version: '1.2', uniqueKeys: false, prettyErrors: false })
  const diagnostics: Diagnostic[] = document.errors.map((error) => describeYamlError(error, source))
  if (diagnostics.length > 0) return { ok: false, diagnostics }
  const root = document.contents as Node | null
  let nodes = 0
  let isTooLarge = false

  const resolve = (node: unknown): unknown => (isAlias(node) ? node.resolve(document) : node)
  const note = (code: string, message: string, hint: string, span: Span) =>
    diagnostics.push(createDiagnostic({ code, message, hint, source, span }))

  const convert = (given: unknown, path: YamlPath): unknown => {
    const node = resolve(given)
    if (++nodes > nodesMax || path.length > depthMax) {
      isTooLarge = true
      return undefined
    }
    if (isSeq(node)) return node.items.map((item, index) => convert(item, [...path, index]))
    if (isMap(node)) {
      const entries = new Map<string, unknown>()
      for (const pair of node.items) {
        const name = readKey(pair.key)
        const at = [...path, name]
        if (entries.has(name))
          note('duplicate-key', `\`${name}\` stands twice`, 'Keep one of the two.', spanOf(pair.key, root))
        else if (name === '__proto__')
          note('wrong-value', `the name \`${name}\` cannot be used`, 'Use another name.', spanOf(pair.key, root))
        else entries.set(name, convert(pair.value, at))
      }
      return Object.fromEntries(entries)
    }
    if (!isScalar(node)) return undefined
    const value = options.isText?.(path) && node.source !== undefined ? node.source : node.value
    if (typeof value === 'string' && options.replaceText) return options.replaceText(value, path, spanOf(node, root))
    return value ?? undefined
  }

  const value = convert(root, [])
  if (isTooLarge)
    note(
      'yaml-too-large',
      `has more than ${nodesMax} entries, or entries more than ${depthMax} deep`,
      'Split the file, and let no alias (`*name`) hold itself.',
      { start: 0, end: 1 },
    )
  if (diagnostics.length > 0) return { ok: false, diagnostics }
  const find = (path: YamlPath) => findPlace(root, resolve, path)
  return {
    ok: true,
    diagnostics: [],
    value: {
      source,
      value,
      locate: (path) => {
        const { key, node } = find(path)
        return spanOf(isScalar(node) || key === undefined ? node : key, root)
      },
      locateKey: (path) => {
        const { key, node } = find(path)
        return spanOf(key ?? node, root)
      },
    },
  }
}

const readKey = (key: unknown): string => (isScalar(key) ? (key.source ?? String(key.value)) : String(key))

/** The innermost thing along `path` that is there, with the key that leads to it. */
function findPlace(root: Node | null, resolve: (node: unknown) => unknown, path: YamlPath) {
  let place: { key: unknown; node: unknown } = { key: undefined, node: root }
  for (const step of path) {
    const parent = resolve(place.node)
    if (isMap(parent)) {
      const pair = parent.items.find(({ key }) => readKey(key) === String(step))
      if (!pair) return place
      place = { key: pair.key, node: pair.value }
    } else if (isSeq(parent)) {
      const item = parent.items[Number(step)]
      if (item === undefined) return place
      place = { key: undefined, node: item }
    } else return place
  }
  return place
}

function spanOf(node: unknown, root: Node | null): Span {
  const range = (node as Node | undefined)?.range ?? root?.range
  return range ? { start: range[0], end: Math.max(range[1], range[0] + 1) } : { start: 0, end: 1 }
}

function describeYamlError(error: YAMLError, source: Source): Diagnostic {
  const [first = ''] = error.message.split('\n')
  const message = first.charAt(0).toLowerCase() + first.slice(1).replace(/\.$/, '')
  const hints: Readonly<Record<string, string>> = {
    TAB_AS_INDENT: 'Indent with spaces; YAML has no tabs.',
    BAD_INDENT: 'Indent entries of one map by the same number of spaces.',
    MULTIPLE_DOCS: 'Remove the line `---`, or use one file for each.',
    BLOCK_AS_IMPLICIT_KEY: 'Put text that holds `: ` in double quotes.',
  }
  return createDiagnostic({
    code: 'yaml-syntax',
    message,
    hint: hints[error.code] ?? 'Check the indentation, and put text with `:`, `#`, `{` or `[` in double quotes.',
    source,
    span: { start: error.pos[0], end: Math.max(error.pos[1], error.pos[0] + 1) },
  })
}
