import { invariant } from '../../base/invariant.ts'
import { binding, type Fragment } from '../dialects/dialect.ts'
import { wrap } from '../dialects/fragments.ts'
import { findOffsets } from './known-instants.ts'
import type { Existence, Output, Select } from './select.ts'
import {
  callTerm,
  findOrigin,
  hasAggregate,
  isConstant,
  isConstantOrigin,
  listConditions,
  type OrderTerm,
  type Relation,
  type Term,
} from './term.ts'
import { type Writing, type WritingBase, writeJoined, writeOrder, writeTerm } from './write-term.ts'

const widthMax = 100
const joinWords = { left: 'LEFT JOIN', inner: 'JOIN', cross: 'CROSS JOIN' } as const

/** Where rows come from, and which of them. */
type Rows = Pick<Select, 'from' | 'joins' | 'where'> & Partial<Pick<Select, 'existences'>>

type Names = ReadonlyMap<Relation, string>

/** Names for the relations of one SELECT, each its own, also beside those of the SELECT around it. */
function nameRelations({ from, joins }: Rows, around: Names = new Map()): Names {
  const names = new Map(around)
  const taken = new Set([...around.values()].map((name) => name.toLowerCase()))
  for (const relation of [from, ...joins.map((join) => join.relation)]) {
    let name = relation.alias
    for (let count = 2; taken.has(name.toLowerCase()); count++) name = `${relation.alias}_${count}`
    taken.add(name.toLowerCase())
    names.set(relation, name)
  }
  return names
}

/** What becomes of a value when it is shown. */
type Finish = (value: Fragment, term: Term) => Fragment

/** `SELECT a, b`, over several lines when it is long. */
function layOut(head: string, items: readonly string[], separator: string): readonly string[] {
  const line = `${head} ${items.join(`${separator} `)}`
  if (line.length <= widthMax || items.length === 1) return [line]
  return [head, ...items.map((item, at) => `  ${item}${at < items.length - 1 ? separator : ''}`)]
}

function writeOutput({ name, term }: Output, writing: Writing, finish: Finish): string {
  const { text } = finish(writeTerm(term, writing), term)
  const { dialect } = writing
  const alias = dialect.writeName(name)
  const value = term.op === 'key' || term.op === 'part' ? term.arg : term
  const prefix = value.op === 'reference' ? writing.prefix(value.relation) : ''
  const isNamed = value.op === 'reference' && text === prefix + alias && (dialect.dropsPrefix || prefix === '')
  return isNamed ? text : `${text} AS ${alias}`
}

/** By its alias where the SELECT shows it. */
function writeFinalOrder(order: readonly OrderTerm[], outputs: readonly Output[], writing: Writing) {
  const nameOf = (term: Term) => {
    const output = outputs.find((candidate) => candidate.term === term)
    return output && writing.dialect.writeName(output.name)
  }
  return writeOrder(
    order.filter(({ term }) => !isConstant(term)),
    writing,
    nameOf,
  )
}

/**
 * Constants group nothing; but no row gives no group, also where all keys are constants. A grouping without
 * keys gives its one row, also where none of its measures is read.
 */
function writeGroups({ keys, outputs }: Select, writing: Writing, finish: Finish): readonly string[] {
  if (!keys) return []
  if (keys.length === 0) return outputs.some(({ term }) => hasAggregate(term)) ? [] : ['HAVING count(*) >= 0']
  const groups = keys
    .filter((key) => !isConstant(key))
    .map((key) => {
      const at = outputs.findIndex(({ term }) => term === key)
      const value = writeTerm(key, writing)
      return at < 0 || finish(value, key).text !== value.text ? value.text : String(at + 1)
    })
  return [groups.length > 0 ? `GROUP BY ${groups.join(', ')}` : 'HAVING count(*) > 0']
}

const literal = (value: boolean): Term => ({ op: 'literal', type: 'boolean', value })

/**
 * A condition of a join, more plainly where it says nothing of the rows. ClickHouse takes a constant that comes to nothing for one that
 * holds, and has no join by two columns that are the same constant.
 */
function settle(condition: Term): Term {
  if (condition.op === 'same') {
    const origin = findOrigin(condition.left)
    return isConstantOrigin(origin) && origin === findOrigin(condition.right) ? literal(true) : condition
  }
  if (condition.op === 'literal' || !isConstant(condition)) return condition
  return callTerm('coalesce', condition, literal(false))
}

/** How terms are written over `rows`; `around` names the relations of the SELECT around them. */
function startWriting(rows: Rows, base: WritingBase, around?: Names) {
  const names = nameRelations(rows, around)
  const { dialect } = base
  const isAlone = names.size === 1 && !rows.existences?.length
  const writing: Writing = {
    ...base,
    offsetsOf: findOffsets(rows.where, base.calendar, dialect.zones),
    prefix: (relation) => {
      const name = names.get(relation)
      invariant(name, `\`${relation.alias}\` is not read in this SELECT`)
      return isAlone ? '' : `${dialect.writeName(name)}.`
    },
  }
  const writeSource = (relation: Relation) => {
    const name = dialect.writeName(names.get(relation)!)
    return isAlone || name === relation.source ? relation.source : `${relation.source} AS ${name}`
  }
  return { names, writing, writeSource }
}

const isText = (term: Term | undefined): boolean => term?.op === 'reference' && term.type === 'text'

const comparesText = (condition: Term): boolean => {
  if (condition.op === 'same') return isText(condition.left) || isText(condition.right)
  return condition.op === 'call' && condition.fn === 'equals' && condition.args.some(isText)
}

/** `FROM …`, `JOIN …`, `WHERE …`. */
function writeRows(rows: Rows, { names, writing, writeSource }: ReturnType<typeof startWriting>): readonly string[] {
  const lines = [`FROM ${writeSource(rows.from)}`]
  for (const { kind, relation, on } of rows.joins) {
    const terms = on.flatMap(listConditions)
    const joined = { ...writing, isHashed: relation.isForeign === true || terms.some(comparesText) }
    const condition = terms.map((term) => wrap(writeJoined(settle(term), joined), binding.and)).join(' AND ')
    lines.push(`${joinWords[kind]} ${writeSource(relation)}${condition && ` ON ${condition}`}`)
  }
  const conditions = rows.where.flatMap(listConditions).map((term) => writeTerm(term, writing))
  const existences = rows.existences ?? []
  const isOne = conditions.length + existences.length === 1
  const written = [
    ...conditions.map((condition) => [isOne ? condition.text : wrap(condition, binding.not)]),
    ...existences.map((existence) => writeExistence(existence, writing, names)),
  ]
  for (const [at, [first, ...rest]] of written.entries()) {
    const [word, indent] = at === 0 ? ['WHERE', ''] : ['  AND', '  ']
    lines.push(`${word} ${first}`, ...rest.map((line) => indent + line))
  }
  return lines
}

function writeExistence(existence: Existence, base: WritingBase, around: Names): readonly string[] {
  const lines = writeRows(existence, startWriting(existence, base, around))
  return [
    `${existence.keeps === 'any' ? '' : 'NOT '}EXISTS (`,
    ...['SELECT 1', ...lines].map((line) => `  ${line}`),
    ')',
  ]
}

/** The lines of `select`, without those of its CTEs. `order` is the final one; a limit's own order otherwise. */
export function writeSelect(
  select: Select,
  base: WritingBase,
  order = select.order,
  finish: Finish = (value, term) => (isConstant(term) ? base.dialect.writeConstant(value) : value),
): readonly string[] {
  const started = startWriting(select, base)
  const { writing } = started
  const items = select.outputs.map((output) => writeOutput(output, writing, finish))
  const lines = [
    ...layOut('SELECT', items.length > 0 ? items : ['1 AS one'], ','),
    ...writeRows(select, started),
    ...writeGroups(select, writing, finish),
  ]
  const keys = writeFinalOrder(order, select.outputs, writing)
  if (keys.length > 0) lines.push(...layOut('ORDER BY', keys, ','))
  if (select.limit !== undefined) lines.push(`LIMIT ${select.limit}`)
  return lines
}
