import { resolvePath } from '../bind/bind-path.ts'
import { findChain } from '../bind/bind-related.ts'
import { type Chain, isShared } from '../check/chain.ts'
import { type Checker, type Scope, toPhrase } from '../check/checker.ts'
import { openScope } from '../check/grouping.ts'
import { type OpenedChain, openChain } from '../check/open-chain.ts'
import { createColumn, type Relation } from '../check/relation.ts'
import { expandRows, type Rows, useColumn } from '../check/rows.ts'
import { type Builder, lowering, materialise } from '../plan/lower-expression.ts'
import { lowerMatches } from '../plan/lower-related.ts'
import { listExports } from '../plan/lower-rows.ts'
import type { SortKey } from '../plan/plan.ts'
import type { Cursor } from '../text/cursor.ts'
import { parseName, parsePath } from '../text/parse-names.ts'
import { quoteName, quotePath } from '../text/quote.ts'
import type { ExpandStep } from '../tree/ast.ts'
import * as shapes from '../tree/shapes.ts'
import { describePath, describeRows } from '../words/describe-expression.ts'
import { defineStep } from './step.ts'

interface BoundExpand {
  readonly opened: OpenedChain
  readonly rows: Rows
  /** What rows were sorted by before, as they are after. */
  readonly order: readonly SortKey[]
}

const formatExpand = ({ path, name }: ExpandStep): string =>
  `expand ${quotePath(path.parts)}${name === undefined ? '' : ` as ${quoteName(name)}`}`

/** The to-many relation that the whole path is; anything else is reported. */
function findRelation(step: ExpandStep, scope: Scope): Chain | undefined {
  const { checker, relation } = scope
  const { path } = step
  const found = resolvePath(path.parts, scope)
  if (found.kind === 'nothing') {
    checker.bind(path, scope)
    return undefined
  }
  const chain = found.kind === 'many' ? findChain([path], scope) : undefined
  if (chain === 'refused') return undefined
  const text = quotePath(path.parts)
  if (!chain || chain.parts.length < path.parts.length) {
    const isValue = chain !== undefined || found.kind === 'value'
    checker.report(path, {
      code: 'expand-here',
      message: isValue ? `\`${text}\` is a column, not rows` : `\`${text}\` leads to one row each`,
      hint: isValue
        ? 'Name a to-many relation, as in `expand users`.'
        : `Its columns are there as they are: \`${text}.…\`.`,
    })
    return undefined
  }
  if (chain.outer.depth === relation.repeats.length) return chain
  const isPeriods = relation.repeats.slice(chain.outer.depth).some(({ kind }) => kind === 'periods')
  checker.report(path, {
    code: 'expand-here',
    message: isPeriods
      ? `each of \`${text}\` would stand once for each period`
      : `each of \`${text}\` would stand beside each of the rows that were expanded before`,
    hint: isPeriods
      ? 'Put `expand` before `repeat`.'
      : 'Aggregate one of the two relations for each row first, as in `add n = count(users)`.',
  })
  return undefined
}

/** The name that the related rows go by. That of the relation itself is free: it means these rows from now on. */
function findName(step: ExpandStep, before: Relation, checker: Checker): string | undefined {
  const { parts } = step.path
  const name = step.name ?? parts.at(-1) ?? ''
  const { rows } = before
  const own = parts.length === 1 ? parts[0] : undefined
  const names = [
    ...before.columns.map((column) => column.name),
    ...Object.keys(rows?.scan.model.fields ?? {}),
    ...Object.keys(rows?.scan.model.relations ?? {}).filter((relation) => relation !== own),
    ...(rows?.expanded.keys() ?? []),
  ]
  if (!names.some((other) => other.toLowerCase() === name.toLowerCase())) return name
  let count = 2
  while (names.includes(`${name}_${count}`)) count++
  const text = formatExpand({ ...step, name: `${name}_${count}` })
  const span = checker.spanOf(step)
  checker.report(step, {
    code: 'name-taken',
    message: `there is already something called \`${name}\``,
    hint: `Name these rows otherwise, as \`${text}\`.`,
    fixes: span ? [{ title: `named \`${name}_${count}\``, span, text }] : [],
  })
  return undefined
}

function checkExpand(step: ExpandStep, before: Relation, checker: Checker) {
  const scope = openScope(checker, before)
  const chain = findRelation(step, scope)
  const name = findName(step, before, checker)
  const opened = chain && openChain(chain, scope)
  if (!chain || !opened || !before.rows || name === undefined) return { after: before, bound: undefined }
  const { model } = opened.rows.scan
  const depth = before.repeats.length
  // Rows that several rows share stand several times from the start.
  const rows = expandRows(chain.outer, opened.rows, name, isShared(chain, before) ? depth : depth + 1)
  for (const key of model.key) useColumn(rows, key, checker.names)
  const columns = Object.values(model.fields)
    .filter(({ hidden }) => !hidden)
    .map((field) => {
      const { name: full, type, unit } = useColumn(rows, field.column, checker.names)
      return createColumn({ name: full, type, unit, label: toPhrase(field.label), field, depth: rows.depth })
    })
  const after: Relation = {
    ...before,
    columns: [...before.columns, ...columns],
    rows: { ...before.rows, expanded: new Map([...before.rows.expanded, [name, rows]]) },
    repeats: [...before.repeats, { kind: 'related', rows, label: toPhrase(model.label) }],
  }
  return { after, bound: { opened, rows, order: before.order } }
}

function lowerExpand({ opened, rows, order }: BoundExpand, builder: Builder): void {
  const lefts = opened.outer.map((column) => materialise(column, builder, 'key'))
  const { below, names } = lowerMatches(opened, builder, lowering)
  const on = lefts.map((left, at) => ({ left, right: names[at]! }))
  builder.push((input, step) => ({ op: 'expand', step, input, to: below.node(), on, columns: listExports(rows) }))
  builder.joined.add(rows.path)
  if (order.length > 0) builder.push((input, step) => ({ op: 'sort', step, input, by: order }))
}

/** One row per related row. */
export const expand = defineStep<ExpandStep, BoundExpand | undefined>({
  kind: 'expand',
  name: 'expand',
  verb: 'expand',
  summary:
    "One row for each related row, whose columns are then `users.email`; rows without any are gone. The row's own columns stand in several rows, so that they are no longer added up.",
  grammar: ['expand <relation> [as <name>]'],
  example: 'from account\nexpand users\ngroup by plan, users.role: people = count(), accounts = count_distinct(id)',
  shape: { path: shapes.path, name: shapes.optional(shapes.name) },
  parse: (cursor: Cursor) => {
    const start = cursor.mark()
    cursor.take()
    const path = parsePath(cursor)
    const name = cursor.acceptWord('as') ? parseName(cursor, 'a name') : undefined
    return cursor.place(start, { kind: 'expand', path, ...(name === undefined ? {} : { name }) })
  },
  format: formatExpand,
  check: checkExpand,
  describe: ({ path }, { before, checker }) =>
    `Make one row for each of the ${describeRows({ relation: before })}' ${describePath(path, openScope(checker, before))}`,
  lower: (bound, builder) => {
    if (bound) lowerExpand(bound, builder)
  },
})
