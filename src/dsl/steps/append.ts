import { typeNames } from '../bind/bind-comparison.ts'
import { type Bound, literal } from '../bind/bound.ts'
import { type CheckedBlock, readBlock } from '../check/checked-block.ts'
import type { Checker } from '../check/checker.ts'
import { findBlock } from '../check/find-block.ts'
import { coverBounds } from '../check/read-bounds.ts'
import {
  createColumn,
  findColumn,
  findType,
  isNothing,
  type Relation,
  type RelationColumn,
  readColumn,
} from '../check/relation.ts'
import { type Builder, knownType, lowerExpression, startBuilder, toColumn } from '../plan/lower-expression.ts'
import type { Column, Node } from '../plan/plan.ts'
import type { Cursor } from '../text/cursor.ts'
import { foreign } from '../text/parse-foreign.ts'
import { acceptBlock } from '../text/parse-join.ts'
import { parseName } from '../text/parse-names.ts'
import { quoteName } from '../text/quote.ts'
import type { AppendStep } from '../tree/ast.ts'
import * as shapes from '../tree/shapes.ts'
import { describeRows } from '../words/describe-expression.ts'
import { defineStep } from './step.ts'

/** A column of the rows together, with what each side gives for it. */
interface Pair {
  readonly name: string
  readonly left: Bound
  readonly right: Bound
}

interface BoundAppend {
  readonly block: CheckedBlock
  readonly pairs: readonly Pair[]
}

/** What identifies a value of both sides, where both know it. */
function pairIdentity(
  left: RelationColumn,
  right: RelationColumn,
  before: Relation,
  other: Relation,
  checker: Checker,
) {
  if (left.identity.length === 0 || left.identity.length !== right.identity.length) return []
  const hidden = (relation: Relation, name: string): Bound => ({
    kind: 'column',
    name,
    type: findType(relation, name),
    rows: undefined,
    field: undefined,
  })
  return left.identity.map(
    (name, at): Pair => ({
      name: checker.names.take(`${left.name}_key`),
      left: hidden(before, name),
      right: hidden(other, right.identity[at]!),
    }),
  )
}

function checkAppend(step: AppendStep, block: CheckedBlock, before: Relation, checker: Checker) {
  const other = block.after
  const names = [...new Set([...before.columns, ...other.columns].map(({ name }) => name))]
  const keys: Pair[] = []
  const repeats = [...before.repeats, ...other.repeats]
  /** Whether each row has a value of its own, or none. */
  const isOwn = (column: RelationColumn | undefined, side: Relation) =>
    column === undefined || column.depth === side.repeats.length
  const pairs = names.map((name): Pair & { column: RelationColumn } => {
    const [left, right] = [findColumn(before, name), findColumn(other, name)]
    const values = {
      left: left ? readColumn(left, before, checker.names) : literal(knownOr(right), null),
      right: right ? readColumn(right, other, checker.names) : literal(knownOr(left), null),
    }
    if (left && right && left.type !== right.type && left.type !== 'unknown' && right.type !== 'unknown')
      checker.report(step, {
        code: 'type-mismatch',
        message: `\`${name}\` is ${typeNames[left.type]} here and ${typeNames[right.type]} in \`${block.name}\``,
        hint: 'Columns of one name are one column; give one of them another name, as with `show x as y`.',
      })
    const known = left ?? right!
    const identity = left && right ? pairIdentity(left, right, before, other, checker) : []
    keys.push(...identity)
    const isSame = left === undefined || right === undefined
    const column = createColumn({
      name,
      type: known.type,
      unit: isSame || left.unit === right.unit ? known.unit : undefined,
      label: known.label,
      bounds: left && right ? coverBounds(left.bounds, right.bounds, checker.calendar) : known.bounds,
      bucket: isSame || left.bucket === right.bucket ? known.bucket : undefined,
      field: isSame || left.field === right.field ? known.field : undefined,
      identity: identity.map((key) => key.name),
      depth: isOwn(left, before) && isOwn(right, other) ? repeats.length : 0,
    })
    return { name, ...values, column }
  })
  const after: Relation = {
    columns: pairs.map(({ column }) => column),
    rows: undefined,
    grain: { kind: 'unknown' },
    order: [],
    hidden: new Map(keys.map(({ name, left }) => [name, left.type])),
    bounds: new Map(),
    repeats,
  }
  return { after, bound: { block, pairs: [...pairs, ...keys] } }
}

const knownOr = (column: RelationColumn | undefined) =>
  column === undefined || column.type === 'unknown' ? 'text' : column.type

/** One side with the columns of both, in order. */
function lowerSide(pairs: readonly (readonly [name: string, value: Bound])[], builder: Builder): Node {
  const columns = pairs.map(([name, value]) => {
    const expression = lowerExpression(value, builder)
    if (expression.op === 'column') return { ...toColumn(name, value), from: expression.name }
    const from = builder.names.take(name)
    builder.push((input, step) => ({
      op: 'extend',
      step,
      input,
      columns: [{ ...toColumn(from, value), value: expression }],
    }))
    return { ...toColumn(name, value), from }
  })
  builder.push((input, step) => ({ op: 'project', step, input, columns }))
  return builder.node()
}

const formatAppend = ({ block }: AppendStep): string => `append block ${quoteName(block)}`

const isUnion = (cursor: Cursor): boolean => cursor.isWord('union') && cursor.peek(1) !== undefined

/** `union all x` of SQL; without `all` it keeps one of the rows that are the same. */
function refuseUnion(cursor: Cursor, start: number, step: AppendStep, isAll: boolean): void {
  const text = formatAppend(step)
  const title = `${isAll ? 'union all' : 'union'} → ${isAll ? text : `${text}, unique`}`
  const message = 'rows are put below others by `append block`'
  cursor.report(foreign(message, title, cursor.spanFrom(start), isAll ? text : `${text}\nunique`))
}

/** Rows of a block below those that are there; columns meet by name, and are empty where a side has none of that name. */
export const append = defineStep<AppendStep, BoundAppend | undefined>({
  kind: 'append',
  name: 'append',
  verb: 'append',
  summary:
    'Put the rows of an earlier block below these; columns meet by name, and are empty where a side has none of that name.',
  grammar: ['append block <name>'],
  example:
    'block won\nfrom deal\nwhere stage = "won"\ngroup by month(closed_at): amount = sum(amount)\nadd what = "deals"\n\nfrom invoice\ngroup by month(paid_at): amount = sum(amount)\nadd what = "invoices"\nappend block won',
  shape: { block: shapes.name },
  starts: (cursor) => cursor.isWord('append') || isUnion(cursor),
  parse: (cursor) => {
    const start = cursor.mark()
    const word = cursor.take()?.value.toLowerCase() ?? ''
    const isAll = word === 'union' && cursor.acceptWord('all')
    if (word === 'append') acceptBlock(cursor, word)
    else cursor.acceptWord('block')
    const step: AppendStep = { kind: 'append', block: parseName(cursor, 'the name of a block') }
    if (word === 'union') refuseUnion(cursor, start, step, isAll)
    return cursor.place(start, step)
  },
  format: formatAppend,
  check: (step, before, checker) => {
    const block = findBlock(step, checker)
    return block && !isNothing(block.after)
      ? checkAppend(step, block, before, checker)
      : { after: before, bound: undefined }
  },
  describe: ({ block }, { bound }) =>
    `Add the ${bound ? describeRows({ relation: bound.block.after }) : 'rows'} of “${block}” below`,
  lower: (bound, builder) => {
    if (!bound) return
    const { block, pairs } = bound
    const { step } = builder
    lowerSide(
      pairs.map(({ name, left }) => [name, left] as const),
      builder,
    )
    const right = startBuilder(readBlock(block, step), builder)
    for (const path of block.plan().joined) right.joined.add(path)
    const other = lowerSide(
      pairs.map((pair) => [pair.name, pair.right] as const),
      right,
    )
    const columns: readonly Column[] = pairs.map(({ name, left, right: value }) => ({
      name,
      type: knownType(left.type),
      ...(left.unit !== undefined && left.unit === value.unit ? { unit: left.unit } : {}),
    }))
    builder.push((input) => ({ op: 'union', step, inputs: [input, other], columns }))
  },
})
