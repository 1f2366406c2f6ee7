import type { Bound, ValueType } from '../bind/bound.ts'
import type { Checker, Scope } from '../check/checker.ts'
import { findDepth } from '../check/depth.ts'
import { checkNewName } from '../check/new-name.ts'
import { findOrder } from '../check/ordering.ts'
import { findBounds } from '../check/read-bounds.ts'
import {
  createColumn,
  findColumn,
  findType,
  listKeys,
  type Relation,
  type RelationColumn,
  type RowGrain,
} from '../check/relation.ts'
import { isBucket } from '../functions/index.ts'
import { knownType, lowerExpression, materialise, toColumn } from '../plan/lower-expression.ts'
import type { Column } from '../plan/plan.ts'
import type { Cursor } from '../text/cursor.ts'
import { formatNamed } from '../text/format-expression.ts'
import { parseExpression } from '../text/parse-expression.ts'
import { foreign } from '../text/parse-foreign.ts'
import { parseList } from '../text/parse-list.ts'
import { parseName } from '../text/parse-names.ts'
import { quoteName } from '../text/quote.ts'
import type { Named, ShowStep } from '../tree/ast.ts'
import { findDefaultName } from '../tree/default-name.ts'
import * as shapes from '../tree/shapes.ts'
import { describeExpression } from '../words/describe-expression.ts'
import { defineStep } from './step.ts'

interface Shown {
  readonly column: RelationColumn
  readonly value: Bound
}

interface BoundShow {
  readonly shown: readonly Shown[]
  /** Columns that are kept but not shown: what rows are ordered and identified by. */
  readonly hidden: readonly { readonly name: string; readonly from: string; readonly type: ValueType }[]
}

/** `show x = mrr`: here the name comes last. */
function acceptNameFirst(cursor: Cursor, name: string): Named {
  const start = cursor.mark()
  cursor.take()
  cursor.take()
  const value = parseExpression(cursor)
  const text = formatItem({ name, value })
  const span = cursor.spanFrom(start)
  cursor.report({
    code: 'foreign-words',
    message: 'in `show` a name comes last',
    hint: `Write \`${text}\`; put a comparison in parentheses.`,
    span,
    fixes: [{ title: `${name} = … → … as ${name}`, span, text }],
  })
  return cursor.place(start, { name, value })
}

/** `show *` of SQL: all columns are shown where nothing is said. */
function acceptStar(cursor: Cursor, start: number): void {
  if (!cursor.isSymbol('*')) return
  cursor.take()
  const span = cursor.spanFrom(start)
  const isAlone = cursor.isAtEnd()
  cursor.stop({
    code: 'foreign-words',
    message: 'all columns are shown where no `show` chooses some',
    hint: isAlone ? 'Leave the line out.' : 'Leave `show` out, and make further columns with `add x = …`.',
    span,
    fixes: isAlone ? [{ title: 'show * left out', span, text: '' }] : [],
  })
}

function parseItem(cursor: Cursor): Named {
  const start = cursor.mark()
  const first = cursor.peek()
  if (
    (first?.kind === 'word' || first?.kind === 'name') &&
    cursor.peek(1)?.value === '=' &&
    cursor.peek(1)?.kind === 'symbol'
  )
    return acceptNameFirst(cursor, first.value)
  const value = parseExpression(cursor)
  return cursor.place(start, cursor.acceptWord('as') ? { name: parseName(cursor, 'a name'), value } : { value })
}

const formatItem = ({ name, value }: Named) =>
  `${formatNamed({ value })}${name === undefined ? '' : ` as ${quoteName(name)}`}`

function checkShow(step: ShowStep, before: Relation, checker: Checker) {
  const scope: Scope = { checker, relation: before, mode: 'row', across: true }
  const taken = new Set<string>()
  const shown = step.columns.map((named): Shown => {
    const name = checkNewName(
      named,
      findDefaultName(named.value, isBucket),
      taken,
      scope,
      (free, value) => `${value} as ${free}`,
    )
    taken.add(name)
    const value = checker.bind(named.value, scope)
    const known = named.value.kind === 'path' ? findColumn(before, named.value.parts.join('.')) : undefined
    const label =
      named.value.kind === 'path' && named.name === undefined
        ? describeExpression(named.value, scope)
        : name.replaceAll('_', ' ')
    const bucket = value.kind === 'bucket' ? value.grain : undefined
    const field = value.kind === 'column' ? value.field : undefined
    const depth = findDepth(value) ?? before.repeats.length
    const column = known
      ? { ...known, name, label, physical: undefined }
      : createColumn({
          name,
          type: value.type,
          unit: value.unit,
          label,
          bucket,
          bounds: findBounds(value, before),
          field,
          depth,
        })
    return { column, value }
  })
  const hidden: { name: string; from: string; type: ValueType }[] = []
  /** The name under which a column goes on, shown or not: one that is not makes way for columns that are called so, here or in a later step. */
  const keep = (from: string): string => {
    const visible = shown.find(({ value }) => value.kind === 'column' && value.name === from)
    if (visible) return visible.column.name
    const known = hidden.find((one) => one.from === from)
    const name = known?.name ?? (taken.has(from) || checker.names.isWritten(from) ? checker.names.take(from) : from)
    if (!known) hidden.push({ name, from, type: findType(before, from) })
    return name
  }
  /** The shown name of a column; one that is not shown can be no key. */
  const rename = (from: string): string =>
    shown.find(({ value }) => value.kind === 'column' && value.name === from)?.column.name ?? ''
  const order = findOrder(before, { checker }).map(({ name, descending }) => ({ name: keep(name), descending }))
  for (const { column } of shown) for (const name of column.identity) keep(name)
  const after: Relation = {
    columns: shown.map(({ column }) => ({ ...column, identity: column.identity.map(keep) })),
    rows: undefined,
    grain: findGrain(before, shown),
    order,
    hidden: new Map(hidden.map(({ name, type }) => [name, type])),
    bounds: new Map(),
    repeats: before.repeats.map((one) => (one.kind === 'periods' ? { ...one, column: rename(one.column) } : one)),
  }
  return { after, bound: { shown, hidden } }
}

/** The keys by their new names, as long as all of them are shown. */
function findGrain(before: Relation, shown: readonly Shown[]): RowGrain {
  if (before.grain.kind !== 'keys') return before.grain.kind === 'all' ? before.grain : { kind: 'unknown' }
  const keys = before.grain.keys.map(
    (key) => shown.find(({ value }) => value.kind === 'column' && value.name === key)?.column.name,
  )
  return keys.every((key) => key !== undefined) && listKeys(before).length > 0
    ? { kind: 'keys', keys }
    : { kind: 'unknown' }
}

const formatShow = ({ columns }: ShowStep): string => `show ${columns.map(formatItem).join(', ')}`

/** Chooses, names and orders the columns. */
export const show = defineStep<ShowStep, BoundShow>({
  kind: 'show',
  name: 'show',
  verb: 'show',
  summary: 'Choose the columns, in this order, maybe under other names.',
  grammar: ['show <expression> [as <name>], …'],
  example: 'from user\nshow email, account.name as account',
  shape: { columns: shapes.list(shapes.named) },
  parse: (cursor) => {
    const start = cursor.mark()
    cursor.take()
    acceptStar(cursor, start)
    const word = ['distinct', 'unique'].find((one) => cursor.isWord(one))
    const isDistinct = word !== undefined && ['word', 'name'].includes(cursor.peek(1)?.kind ?? '')
    if (!isDistinct || cursor.isWord(word, 'as'))
      return cursor.place(start, { kind: 'show', columns: parseList(cursor, parseItem) })
    cursor.take()
    const step: ShowStep = { kind: 'show', columns: parseList(cursor, parseItem) }
    const title = `show ${word} → show, unique`
    const text = `${formatShow(step)}\nunique`
    cursor.report(foreign('rows that are the same are made one by `unique`', title, cursor.spanFrom(start), text))
    return cursor.place(start, step)
  },
  format: formatShow,
  check: checkShow,
  describe: (step, { before, checker }) => {
    const scope: Scope = { checker, relation: before, mode: 'row', across: true }
    const names = step.columns.map(({ name, value }) => {
      const words = describeExpression(value, scope)
      return name === undefined || name.replaceAll('_', ' ') === words
        ? words
        : `${words} as ${name.replaceAll('_', ' ')}`
    })
    return `Show ${names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names[0]}`
  },
  lower: ({ shown, hidden }, builder) => {
    const columns: (Column & { readonly from: string })[] = shown.map(({ column, value }) => {
      const expression = lowerExpression(value, builder)
      const from = expression.op === 'column' ? expression.name : materialise(value, builder, column.name)
      return { ...toColumn(column.name, value), from }
    })
    for (const { name, from, type } of hidden) columns.push({ name, from, type: knownType(type) })
    builder.push((input, step) => ({ op: 'project', step, input, columns }))
  },
})
