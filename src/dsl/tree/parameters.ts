import { createDiagnostic, type Diagnostic, type Source } from '../../base/diagnostic.ts'
import { suggestNames } from '../../base/did-you-mean.ts'
import type { FieldType } from '../../catalog/catalog.ts'
import { findOwn } from '../check/find-own.ts'
import type { ParameterValues } from '../exploration.ts'
import { isPeriod } from '../text/parse-range.ts'
import { quoteName, quoteText } from '../text/quote.ts'
import type { Expression, Header, Parameter, Tree } from './ast.ts'
import { readExact } from './exact-number.ts'
import { findSpan, placeNode } from './spans.ts'

export const parameterTypes = ['text', 'number', 'boolean', 'date', 'timestamp'] as const satisfies readonly FieldType[]

const words: Readonly<Record<FieldType, string>> = {
  text: 'a text',
  number: 'a number',
  boolean: 'true or false',
  date: 'a day, as 2025-03-14',
  timestamp: 'a time, as 2025-03-14T09:30:00Z',
}
export const describeValueType = (type: FieldType): string => words[type]

/** A value of the type, as somebody gave it in letters; undefined where it is none. */
export function readParameterValue(text: string, type: FieldType): Parameter['value'] | undefined {
  switch (type) {
    case 'text':
      return text
    case 'number': {
      const [, digits, percent] = /^(-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)(%?)$/.exec(text.trim()) ?? []
      return digits === undefined ? undefined : readExact(digits, percent ? -2 : 0)
    }
    case 'boolean':
      return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : undefined
    case 'date':
      return text.length === 10 && isPeriod(text) ? text : undefined
    case 'timestamp':
      return text.includes('T') && isPeriod(text) ? text : undefined
  }
}

export function formatParameter({ name, type, value }: Parameter): string {
  const text = type === 'text' ? quoteText(String(value)) : String(value)
  return `param ${quoteName(name)} ${type} = ${text}`
}

/** The header with the values that were given in place of those written: what a run used, so that it can be run again. */
export function giveParameters(
  header: Header,
  given: ParameterValues | undefined,
  source: Source,
  diagnostics: Diagnostic[],
): Header {
  const params = header.params ?? []
  const names = params.map(({ name }) => name)
  for (const name of Object.keys(given ?? {}))
    if (!names.includes(name))
      diagnostics.push(
        createDiagnostic({
          code: 'unknown-parameter',
          message: `the exploration has no parameter \`${name}\``,
          hint:
            names.length > 0
              ? `It has ${names.map((one) => `\`${one}\``).join(', ')}.`
              : 'A line `param <name> <type> = <value>` above the steps makes one.',
          candidates: suggestNames(name, names),
        }),
      )
  if (params.length === 0) return header
  return {
    ...header,
    params: params.map((param) => {
      const written = findOwn(given, param.name)
      const text = written === undefined ? undefined : String(written)
      const value = text === undefined ? param.value : readParameterValue(text, param.type)
      if (value !== undefined) return value === param.value ? param : { ...param, value }
      diagnostics.push(
        createDiagnostic({
          code: 'parameter-value',
          message: `\`${param.name}\` is ${describeValueType(param.type)}, and is given ${quoteText(text ?? '')}`,
          hint: 'Give a value of its type.',
          source,
          span: findSpan(param),
        }),
      )
      return param
    }),
  }
}

/** Values that stand in an expression for the parameters that gave them. Beside the tree, like spans. */
const given = new WeakMap<object, Parameter>()

/** The parameter whose value a node is. */
export const findParameter = (node: object): Parameter | undefined => given.get(node)

function writeValue({ type, value }: Parameter): Expression {
  if (type === 'number' && typeof value !== 'boolean') return { kind: 'number', value }
  if (typeof value === 'boolean') return { kind: 'boolean', value }
  return type === 'text' ? { kind: 'text', value: String(value) } : { kind: 'period', period: String(value) }
}

/** Members of steps and expressions that hold an expression, or several. */
const holders: ReadonlySet<string> = new Set([
  'value',
  'condition',
  'where',
  'left',
  'right',
  'operand',
  'low',
  'high',
  'otherwise',
  'args',
  'items',
])

/**
 * The steps with the values of parameters in place of their names, so that a value is checked and bound like a written one. Whether a
 * name is that of a column as well is for the check to say, which knows the columns.
 */
export function applyParameters(tree: Tree): { readonly tree: Tree; readonly used: ReadonlySet<string> } {
  const params = new Map((tree.header.params ?? []).map((param) => [param.name, param]))
  const used = new Set<string>()
  if (params.size === 0) return { tree, used }
  const replace = (node: object): object => {
    const { kind, parts } = node as { readonly kind?: unknown; readonly parts?: readonly string[] }
    const param = kind === 'path' && parts?.length === 1 ? params.get(parts[0] ?? '') : undefined
    if (!param) return map(node)
    const value = writeValue(param)
    used.add(param.name)
    given.set(value, param)
    return placeLike(node, value)
  }
  const mapList = (list: readonly unknown[], step: (item: object) => object): readonly unknown[] => {
    const items = list.map((item) => (isObject(item) ? step(item) : item))
    return items.every((item, at) => item === list[at]) ? list : Object.freeze(items)
  }
  const map = (node: object): object => {
    const members = Object.entries(node).map(([key, member]: [string, unknown]) => {
      const step = holders.has(key) ? replace : map
      const next = Array.isArray(member) ? mapList(member, step) : isObject(member) ? step(member) : member
      return [key, next, next === member] as const
    })
    return members.every(([, , isSame]) => isSame) ? node : placeLike(node, Object.fromEntries(members))
  }
  return { used, tree: map(tree) as Tree }
}

/** `copy` at the place of `node`. */
function placeLike<T extends object>(node: object, copy: T): T {
  const span = findSpan(node)
  return span ? placeNode(copy, span) : copy
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
