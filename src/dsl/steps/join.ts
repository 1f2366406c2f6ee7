import { z } from 'zod'
import { type BoundJoin, bindJoin, formatBrought } from '../bind/bind-join.ts'
import { readBlock } from '../check/checked-block.ts'
import { findBlock } from '../check/find-block.ts'
import { findColumn, isNothing, type Relation } from '../check/relation.ts'
import { type Builder, materialise, startBuilder, toColumn } from '../plan/lower-expression.ts'
import type { Column, Node } from '../plan/plan.ts'
import type { Cursor } from '../text/cursor.ts'
import { foreign } from '../text/parse-foreign.ts'
import { acceptBlock, parseKeys, parseUsing, readForeignJoin } from '../text/parse-join.ts'
import { parseList } from '../text/parse-list.ts'
import { parseName } from '../text/parse-names.ts'
import { quoteName } from '../text/quote.ts'
import type { JoinedColumn, JoinStep } from '../tree/ast.ts'
import * as shapes from '../tree/shapes.ts'
import { defineStep } from './step.ts'

function parseColumn(cursor: Cursor): JoinedColumn {
  const start = cursor.mark()
  const column = parseName(cursor, 'a column of the block')
  const name = cursor.acceptWord('as') ? parseName(cursor, 'a name') : undefined
  return cursor.place(start, { column, ...(name === undefined ? {} : { name }) })
}

function parseJoin(cursor: Cursor): JoinStep {
  const start = cursor.mark()
  const kind = readForeignJoin(cursor)
  if (kind) {
    while (!cursor.isWord('join')) cursor.take()
    const step = parseRest(cursor, start)
    const whole = kind.keep ? { ...step, keep: kind.keep } : step
    const text = formatJoin(whole)
    cursor.report(foreign(kind.message, `${kind.words} → ${text}`, cursor.spanFrom(start), text))
    return cursor.place(start, whole)
  }
  return parseRest(cursor, start)
}

function parseRest(cursor: Cursor, start: number): JoinStep {
  cursor.take()
  acceptBlock(cursor, 'join')
  const block = parseName(cursor, 'the name of a block')
  const on = cursor.acceptWord('on') ? parseKeys(cursor) : cursor.isWord('using') ? parseUsing(cursor) : []
  const keep = cursor.acceptWord('keep', 'all') ? 'all' : cursor.acceptWord('keep', 'matching') ? 'matching' : undefined
  const columns = cursor.acceptSymbol(':') ? parseList(cursor, parseColumn) : undefined
  return cursor.place(start, {
    kind: 'join',
    block,
    on: Object.freeze(on),
    ...(keep ? { keep } : {}),
    ...(columns ? { columns } : {}),
  })
}

function formatJoin({ block, on, keep, columns }: JoinStep): string {
  const keys = on.length > 0 ? ` on ${on.map(quoteName).join(', ')}` : ''
  const brought = columns === undefined ? '' : `: ${formatBrought(columns)}`
  return `join block ${quoteName(block)}${keys}${keep === undefined ? '' : ` keep ${keep}`}${brought}`
}

function relateJoined(before: Relation, { brought, keep }: BoundJoin): Relation {
  const keys = before.grain.kind === 'keys' ? before.grain.keys : []
  const own =
    keep === 'all'
      ? before.columns.map((column) => (keys.includes(column.name) ? column : { ...column, hasGaps: true }))
      : before.columns
  return { ...before, columns: [...own, ...brought.map(({ column }) => column)] }
}

/** Columns of the block's one row for each row; with a mark of whether there is one, where only those stay. */
function lowerLookup({ block, pairs, brought, keep }: BoundJoin, builder: Builder): void {
  const { names, step } = builder
  const right = startBuilder(readBlock(block, step), builder)
  for (const path of block.plan().joined) right.joined.add(path)
  const on = pairs.map((pair) => ({
    left: materialise(pair.left, builder, 'join_key'),
    right: materialise(pair.right, right, 'join_key'),
  }))
  const columns = brought.map(({ column, value }) => ({
    ...toColumn(column.name, value),
    from: materialise(value, right, column.name),
  }))
  const mark = { name: names.take('is_matched'), type: 'boolean' } as const
  const isMarked = keep === 'matching'
  if (isMarked) {
    const value = { op: 'literal', type: 'boolean', value: true } as const
    right.push((input) => ({ op: 'extend', step, input, columns: [{ ...mark, value }] }))
  }
  builder.push((input) => ({
    op: 'lookup',
    step,
    input,
    to: right.node(),
    on,
    matchesEmpty: true,
    columns: isMarked ? [...columns, { ...mark, from: mark.name }] : columns,
  }))
  if (isMarked) builder.push((input) => ({ op: 'filter', step, input, where: { op: 'column', name: mark.name } }))
}

/** Both sides by their keys, which both call as the rows at hand do. */
function lowerZip({ block, pairs, brought }: BoundJoin, shown: readonly Column[], builder: Builder): void {
  const { step } = builder
  const right = startBuilder(readBlock(block, step), builder)
  const lefts = pairs.map(({ left }) => materialise(left, builder, 'join_key'))
  const keys = pairs.map(({ left }, at) => toColumn(lefts[at]!, left))
  const columns: (Column & { readonly from: string })[] = [
    ...pairs.map((pair, at) => ({ ...keys[at]!, from: materialise(pair.right, right, 'join_key') })),
    ...shown,
    ...brought.map(({ column, value }) => ({
      ...toColumn(column.name, value),
      from: materialise(value, right, column.name),
    })),
  ].map((column) => ({ from: column.name, ...column }))
  right.push((input) => ({ op: 'project', step, input, columns }))
  const inputs: readonly Node[] = [builder.node(), right.node()]
  builder.push(() => ({ op: 'zip', step, inputs, keys: [...keys, ...shown] }))
}

/** Columns of a block beside the rows: at most one row of it for each, so that no row is multiplied. */
export const join = defineStep<JoinStep, { readonly join: BoundJoin; readonly shown: readonly Column[] } | undefined>({
  kind: 'join',
  name: 'join block',
  verb: 'join',
  summary:
    'Columns of an earlier block beside these rows, where the keys are the same; all rows stay unless `keep matching` or `keep all` (rows of both) is said.',
  grammar: ['join block <name> [on <keys>] [keep matching|all] [: <column> [as <name>], …]'],
  example:
    'block paid\nfrom invoice\nwhere status = "paid"\ngroup by month(paid_at): revenue = sum(amount)\n\nfrom account\ngroup by month(created_at): signups = count()\njoin block paid on month\nadd per_signup = revenue / signups',
  shape: {
    block: shapes.name,
    on: shapes.names,
    keep: shapes.optional(z.enum(['all', 'matching'])),
    columns: shapes.optional(
      shapes.list(z.strictObject({ column: shapes.name, name: shapes.optional(shapes.name) })).min(1),
    ),
  },
  starts: (cursor) => cursor.isWord('join') || readForeignJoin(cursor) !== undefined,
  parse: parseJoin,
  format: formatJoin,
  check: (step, before, checker) => {
    const block = findBlock(step, checker, before)
    if (!block || isNothing(block.after)) return { after: before, bound: undefined }
    const bound = bindJoin(step, block, before, checker, formatJoin)
    // A relation's key is matched by what is hidden; what it shows goes along.
    const shown = step.on.flatMap((name): readonly Column[] => {
      const column = findColumn(before, name)
      return column && column.identity.length > 0 && column.type !== 'unknown' ? [{ name, type: column.type }] : []
    })
    return { after: relateJoined(before, bound), bound: { join: bound, shown } }
  },
  describe: (step, { before, bound }) => {
    const label = (name: string) => findColumn(before, name)?.label ?? name
    const brought = bound?.join.brought.map(({ column }) => column.label) ?? []
    const what = brought.length > 0 ? `${brought.join(' and ')} of “${step.block}”` : `“${step.block}”`
    const keys = step.on.length > 0 ? ` of the same ${step.on.map(label).join(' and ')}` : ''
    const kept = { all: '; rows of both stay', matching: '; only rows with a match stay' }
    return `Beside each row, put the ${what}${keys}${step.keep ? kept[step.keep] : ''}`
  },
  lower: (bound, builder) => {
    if (!bound) return
    if (bound.join.keep === 'all') lowerZip(bound.join, bound.shown, builder)
    else lowerLookup(bound.join, builder)
  },
})
