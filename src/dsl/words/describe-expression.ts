import { formatDay } from '../../base/format.ts'
import { isTime } from '../bind/bind-comparison.ts'
import { findAskedRelation } from '../bind/bind-empty.ts'
import { aOrAn, resolvePath } from '../bind/bind-path.ts'
import { describeMoved } from '../bind/stretch.ts'
import { openRelation, type Scope, toPhrase } from '../check/checker.ts'
import { findOwn } from '../check/find-own.ts'
import { findColumn, findTimeAxis } from '../check/relation.ts'
import type { AcrossFunction, AggregateFunction } from '../functions/function.ts'
import { findFunction, isAggregate } from '../functions/index.ts'
import { formatDuration, formatExpression } from '../text/format-expression.ts'
import type { Binary, Call, Expression, Path } from '../tree/ast.ts'
import { findParameter } from '../tree/parameters.ts'
import { listConjuncts, listPaths, listPer } from '../tree/walk.ts'
import { describeRange } from './describe-range.ts'

/** A model's label in the plural, as it reads inside a sentence: `accounts`. */
export function pluralise(label: string): string {
  const phrase = toPhrase(label)
  if (/[^aeiou]y$/i.test(phrase)) return `${phrase.slice(0, -1)}ies`
  return /(s|x|ch|sh)$/i.test(phrase) ? `${phrase}es` : `${phrase}s`
}

/** What the rows of a relation are called: `accounts`, or `rows` once they were grouped. */
export const describeRows = ({ relation }: Pick<Scope, 'relation'>): string =>
  relation.rows && relation.grain.kind === 'model' && relation.repeats.length === 0
    ? pluralise(relation.rows.scan.model.label)
    : 'rows'

/** `this account's plan` for `this.plan`. */
function describeOuter({ parts }: Path, scope: Scope): string {
  const label = scope.relation.rows ? toPhrase(scope.relation.rows.scan.model.label) : 'row'
  return `this ${label}'s ${describePath({ kind: 'path', parts: parts.slice(1) }, scope)}`
}

/** `owner's name` for `owner.name`; a column by its label. */
export function describePath(path: Path, scope: Scope): string {
  const [first = ''] = path.parts
  const column = path.parts.length === 1 ? findColumn(scope.relation, first) : undefined
  if (column) return column.label
  if (first === 'this' && scope.outer && path.parts.length > 1) return describeOuter(path, scope.outer.scope)
  let model = scope.relation.rows?.scan.model
  const words: string[] = []
  for (const part of path.parts) {
    const relation = findOwn(model?.relations, part)
    const field = findOwn(model?.fields, part)
    words.push(field && !relation ? toPhrase(field.label) : toPhrase(relation?.label ?? part.replaceAll('_', ' ')))
    model = relation ? scope.checker.catalog.models[relation.to] : undefined
  }
  return words
    .map((word, at) => (at === words.length - 1 ? word : word.endsWith('s') ? `${word}'` : `${word}'s`))
    .join(' ')
}

/** The rows that a to-many path ends at, how they are called, and the scope of conditions on them. */
function findInner(args: readonly Expression[], scope: Scope): { readonly inner: Scope; readonly rows: string } {
  const { checker } = scope
  const path = args
    .flatMap((arg) => listPaths(arg, ({ name }) => isAggregate(name)))
    .find(({ parts }) => resolvePath(parts, { ...scope, mode: 'row' }).kind === 'many')
  let model = scope.relation.rows?.scan.model
  let inner: typeof model
  let end = 0
  for (const [at, part] of (path?.parts ?? []).entries()) {
    const relation = findOwn(model?.relations, part)
    model = relation ? checker.catalog.models[relation.to] : undefined
    if (relation?.cardinality !== 'many' || !model) continue
    inner = model
    end = at + 1
  }
  if (!path || !inner) return { inner: scope, rows: describeRows(scope) }
  const rows = describePath({ kind: 'path', parts: path.parts.slice(0, end) }, scope)
  return {
    inner: { ...scope, relation: openRelation(checker, inner), outer: { scope, seen: new Map() } },
    rows: `its ${rows}`,
  }
}

/** `it has invoices where …`; of a condition, `any of its invoices meets: …`. */
function describeExistence(node: Call, quantifier: 'any' | 'all' | 'none', what: string, scope: Scope): string {
  const { inner, rows } = findInner(node.args, scope)
  const where = node.where ? ` where ${describeExpression(node.where, inner)}` : ''
  const isRelation = rows === `its ${what}`
  const which = `${inner === scope ? `the ${rows}` : rows}${where}${describeDetail(node, scope)}`
  if (!isRelation) return `${quantifier} of ${which} meet: ${what}`
  if (quantifier === 'any') return `it has ${what}${where}`
  if (quantifier === 'none') return `it has no ${what}${where}`
  return `all its ${what} meet: ${node.where ? describeExpression(node.where, inner) : 'anything'}`
}

/** `it stands under an account where …, by parent`. */
function describeUnder({ name, args: [path], where }: Call, by: string, scope: Scope): string {
  const found = path?.kind === 'path' ? resolvePath(path.parts, { ...scope, mode: 'row' }) : undefined
  if (found?.kind !== 'row') return `it stands ${name} others, by ${by}`
  const { model } = found.rows.scan
  const inner: Scope = { ...scope, relation: openRelation(scope.checker, model) }
  const condition = where ? ` where ${describeExpression(where, inner)}` : ''
  return `it stands, by ${by}, ${name} ${aOrAn(toPhrase(model.label))}${condition}`
}

/** `the total amount`, over a group; `the total of its invoices' amount`, over the related rows of one. */
function describeAggregate(
  definition: AggregateFunction,
  node: Call,
  words: readonly string[],
  scope: Scope,
  inner: Scope,
): string {
  const [arg] = node.args
  const [argument, ...more] = words
  const others = node.by ? [...more, describeExpression(node.by.value, inner)] : more
  const isRelated = inner !== scope
  const found =
    arg?.kind === 'path'
      ? resolvePath(isRelated ? arg.parts.slice(-1) : arg.parts, { ...inner, mode: 'row' })
      : undefined
  const isTimed = found?.kind === 'value' && isTime(found.value)
  const describe = (isTimed ? definition.describeTime : undefined) ?? definition.describe
  const what = argument ?? describeRows(scope)
  if (definition.name === 'count') return describe(isRelated ? `its ${what}` : what)
  if (definition.name === 'count_distinct') return describe(isRelated ? `its ${what}` : `${what} values`)
  return describe(isRelated ? `of its ${what}` : what, ...others)
}

/** `revenue 12 months earlier`, `the rank by revenue, largest first`. */
function describeAcross(node: Call, definition: AcrossFunction, scope: Scope, where: string): string {
  const { describe } = definition
  const [of = '', tiles = ''] = node.args.map((arg) => describeExpression(arg, scope))
  const stretch = node.args[1]
  const unit = findTimeAxis(scope.relation)?.bucket ?? 'period'
  const isDuration = stretch?.kind === 'duration'
  const per = describePer(node, scope)
  const by = node.by ? `${describeExpression(node.by.value, scope)}${node.by.descending ? ', largest first' : ''}` : ''
  const words = { of, tiles, where, per, by }
  if (definition.across === 'shift' && node.by)
    return `${describe({ ...words, reach: 'one row', order: '', restart: '' })}, by ${by}${per}`
  return describe({
    ...words,
    reach: isDuration ? formatDuration(stretch) : stretch?.kind === 'number' ? `${tiles} ${unit}s` : `one ${unit}`,
    order: node.ascending ? 'smallest first' : 'largest first',
    restart: node.restart ?? '',
  })
}

const describePer = (node: Call, scope: Scope): string => {
  const per = listPer(node).map((path) => describePath(path, scope))
  return per.length > 0 ? ` per ${per.join(' and ')}` : ''
}

/** ` over all invoices`, ` per country`: which rows an aggregate looks at beyond its group. */
function describeDetail(node: Call, scope: Scope): string {
  const per = node.per === 'all' ? ` over all ${describeRows(scope)}` : describePer(node, scope)
  return node.over ? `${per} in the ${formatDuration(node.over)} up to the end of the period` : per
}

function describeCall(node: Call, scope: Scope): string {
  const definition = findFunction(node.name)
  const words = node.args.map((arg) => describeExpression(arg, scope))
  const { inner } = findInner(node.args, scope)
  const where = node.where ? ` where ${describeExpression(node.where, inner)}` : ''
  switch (definition?.kind) {
    case 'aggregate':
      return `${describeAggregate(definition, node, words, scope, inner)}${where}${describeDetail(node, scope)}`
    case 'existence':
      return describeExistence(node, definition.quantifier, words[0] ?? 'rows', scope)
    case 'edge':
      return `the ${definition.edge === 'start' ? 'first' : 'last'} day of the ${words[0] ?? 'period'} of ${words[1] ?? ''}`
    case 'bucket':
      return `the ${definition.grain} of ${words[0] ?? ''}`
    case 'across':
      return describeAcross(node, definition, scope, where)
    case 'hierarchy':
      return describeUnder(node, words[0] ?? '', scope)
    case 'moment':
      return `${words[0] ?? ''} as of ${words[1] ?? ''}`
    case 'scalar':
      return definition.describe(words)
    case undefined: {
      const metric = findOwn(scope.relation.rows?.scan.model.metrics, node.name)
      return `${metric ? toPhrase(metric.label) : node.name}${where}`
    }
  }
}

const comparisonWords: Readonly<Record<string, string>> = {
  '=': 'is',
  '!=': 'is not',
  '<': 'is below',
  '<=': 'is at most',
  '>': 'is above',
  '>=': 'is at least',
  contains: 'contains',
  'starts with': 'starts with',
  'ends with': 'ends with',
  matches: 'matches the pattern',
}
const timeWords: Readonly<Record<string, string>> = {
  ...comparisonWords,
  '<': 'is before',
  '<=': 'is up to',
  '>': 'is after',
  '>=': 'is from',
}

/** A value beside a column: by its label, where the catalog has one. */
function describeValue(value: Expression, beside: Expression, scope: Scope): string {
  if (value.kind !== 'text' || beside.kind !== 'path') return describeExpression(value, scope)
  const found = resolvePath(beside.parts, { ...scope, mode: 'row' })
  const field = found.kind === 'value' ? found.value.field : undefined
  const label = field?.values.find((one) => one.value === value.value)?.label
  return label === undefined ? describeExpression(value, scope) : sayGiven(label, value)
}

function describeBinary(node: Binary, scope: Scope): string {
  const { left, right, operator } = node
  const inside = (one: Expression) => {
    const words = describeExpression(one, scope)
    return one.kind === 'binary' && operator !== 'and' ? `(${words})` : words
  }
  if (operator === 'and')
    return listConjuncts(node)
      .map((one) =>
        one.kind === 'binary' && one.operator === 'or'
          ? `(${describeExpression(one, scope)})`
          : describeExpression(one, scope),
      )
      .join(' and ')
  if (operator === 'or') return `${inside(left)} or ${inside(right)}`
  if (operator === '??') return `${inside(left)} (or ${inside(right)} where that is empty)`
  const words = (right.kind === 'period' ? timeWords : comparisonWords)[operator]
  if (words) return `${describeValue(left, right, scope)} ${words} ${describeValue(right, left, scope)}`
  const moved = describeMoved(node, inside)
  if (moved !== undefined) return moved
  return `${inside(left)} ${{ '*': '×', '/': '÷', '-': '−' }[operator as '*' | '/' | '-'] ?? operator} ${inside(right)}`
}

/** An expression in plain words, from the catalog's labels. */
export function describeExpression(node: Expression, scope: Scope): string {
  return sayGiven(describeNode(node, scope), node)
}

/** A value that was given as a parameter, with the name of that. */
function sayGiven(words: string, node: Expression): string {
  const parameter = findParameter(node)
  return parameter === undefined ? words : `${words} (the given ${parameter.name.replaceAll('_', ' ')})`
}

const plain = new Intl.NumberFormat('en-US', { maximumFractionDigits: 12, useGrouping: false })
const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 12 })

function describeNode(node: Expression, scope: Scope): string {
  const not = (is: { readonly negated: boolean }) => (is.negated ? 'not ' : '')
  switch (node.kind) {
    case 'text':
      return `“${node.value}”`
    case 'number':
      return typeof node.value === 'string'
        ? node.value.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',')
        : (Math.abs(node.value) >= 10_000 ? grouped : plain).format(node.value)
    case 'boolean':
      return String(node.value)
    case 'period':
      return node.period.length === 10 ? formatDay(node.period) : node.period
    case 'path':
      return describePath(node, scope)
    case 'call':
      return describeCall(node, scope)
    case 'binary':
      return describeBinary(node, scope)
    case 'not':
      return `not (${describeExpression(node.operand, scope)})`
    case 'negate':
      return `minus ${describeExpression(node.operand, scope)}`
    case 'is_empty': {
      const operand = describeExpression(node.operand, scope)
      const asked = findAskedRelation(node, { ...scope, mode: 'row' })
      if (asked === undefined) return `${operand} is ${not(node)}empty`
      return `${operand} ${asked.kind === 'row' ? 'is' : 'are'} ${node.negated ? 'there' : 'missing'}`
    }
    case 'in_list': {
      const items = node.items.map((item) => describeValue(item, node.operand, scope))
      return `${describeExpression(node.operand, scope)} is ${node.negated ? 'none' : 'one'} of ${items.join(', ')}`
    }
    case 'in_range':
      return `${describeExpression(node.operand, scope)} ${node.negated ? 'does not fall' : 'falls'} in ${describeRange(node.range, scope.checker)}`
    case 'between':
      return `${describeExpression(node.operand, scope)} is ${not(node)}between ${describeExpression(node.low, scope)} and ${describeExpression(node.high, scope)}`
    case 'when': {
      const cases = node.cases.map(
        (one) => `${describeExpression(one.value, scope)} if ${describeExpression(one.condition, scope)}`,
      )
      return [...cases, ...(node.otherwise ? [`else ${describeExpression(node.otherwise, scope)}`] : [])].join(', ')
    }
    default:
      return formatExpression(node)
  }
}
