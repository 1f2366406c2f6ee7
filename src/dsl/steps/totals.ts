import { z } from 'zod'
import { type Bound, call, literal } from '../bind/bound.ts'
import type { Checker } from '../check/checker.ts'
import { type BoundKey, lowerGrouping } from '../check/grouping.ts'
import { createCallout } from '../check/named-column.ts'
import { findFree } from '../check/new-name.ts'
import { createColumn, listKeys, type Relation } from '../check/relation.ts'
import type { Grouping } from '../check/rest.ts'
import { type Builder, knownType } from '../plan/lower-expression.ts'
import { parseList } from '../text/parse-list.ts'
import { parseName } from '../text/parse-names.ts'
import { quoteName, quoteText } from '../text/quote.ts'
import type { TotalsStep } from '../tree/ast.ts'
import * as shapes from '../tree/shapes.ts'
import { defineStep } from './step.ts'

interface BoundTotals {
  readonly grouping: Grouping
  readonly per: readonly string[]
  /** The key that holds the label, where there is one. */
  readonly named: BoundKey | undefined
  readonly label: string | undefined
  /** Whether a row is one of totals. */
  readonly mark: string
}

/** The keys that become empty; none where the mistake was reported. */
function findSummed(step: TotalsStep, before: Relation, checker: Checker): readonly BoundKey[] {
  const keys = before.grouping?.bound.keys ?? []
  const find = createCallout(step, before, checker)
  const isKey = (name: string) => keys.some(({ column }) => column.name === name)
  const isFound = step.per.every((name) => find(name, 'a key of the group', (column) => isKey(column.name)))
  const summed = keys.filter(({ column }) => !step.per.includes(column.name))
  const hasPlace = step.label === undefined || summed.some(({ column }) => column.type === 'text')
  if (isFound && summed.length > 0 && hasPlace) return summed
  if (isFound)
    checker.report(step, {
      code: 'totals-here',
      message: hasPlace
        ? '`totals` stands right behind a `group by`, and sums over at least one of its keys'
        : 'the group has no text key that could hold the name of the totals',
      hint: hasPlace
        ? 'Put it right behind the group, from whose rows the totals are worked out; those of another level are a block of their own, put below by `append block`.'
        : 'Leave `as` out: rows of totals are marked in `is_total`.',
    })
  return []
}

function checkTotals(step: TotalsStep, before: Relation, checker: Checker) {
  const summed = findSummed(step, before, checker)
  const { grouping } = before
  const mark = findFree('is_total', new Set(before.columns.map(({ name }) => name)))
  const named = step.label === undefined ? undefined : summed.find(({ column }) => column.type === 'text')
  const columns = before.columns.map((column) =>
    column.name === named?.column.name ? createColumn({ ...column, field: undefined }) : column,
  )
  const keys = before.grain.kind === 'keys' ? before.grain.keys : []
  const isApart = (name: string) => step.per.includes(name)
  const order = [...keys.filter(isApart), mark, ...keys.filter((key) => !isApart(key)), ...listKeys(before)]
  const after: Relation = {
    ...before,
    columns: [
      ...columns,
      createColumn({ name: mark, type: 'boolean', label: 'is a total', depth: before.repeats.length + 1 }),
    ],
    grain: { kind: 'keys', keys: [...keys, mark] },
    order: [...new Set(order)].map((name) => ({ name, descending: false })),
    // What is summed up over these rows would hold the totals as well.
    repeats: [...before.repeats, { kind: 'periods', column: mark, label: 'row and once more for its total' }],
  }
  const bound = { grouping, per: step.per, named, label: step.label, mark }
  return { after, bound: grouping && summed.length > 0 ? { ...bound, grouping } : undefined }
}

/** Reads every row twice, once for its group and once for the totals, so that no total is made of other groups' results. */
function lowerTotals({ grouping, per, named, label, mark }: BoundTotals, builder: Builder): void {
  const rows = grouping.below.node
  if (!rows) return
  const { step } = builder
  const side = builder.names.take(mark)
  const values = [false, true].map((value) => [{ op: 'literal', type: 'boolean', value } as const])
  builder.push(() => ({
    op: 'expand',
    step,
    input: rows,
    to: { op: 'values', step, title: 'group_or_total', columns: [{ name: side, type: 'boolean' }], rows: values },
    on: [],
    columns: [{ name: side, type: 'boolean', from: side }],
  }))
  const isTotal: Bound = { kind: 'column', type: 'boolean', name: side, rows: undefined, field: undefined }
  const empty = (value: Bound, text: string | null = null): Bound =>
    call('when', value.type, isTotal, literal(knownType(value.type), text), value)
  const keys = grouping.bound.keys.map((key): BoundKey => {
    if (per.includes(key.column.name)) return key
    const identity = key.identity.map((one) => ({ ...one, value: empty(one.value) }))
    return { ...key, identity, value: empty(key.value, key === named ? label : null) }
  })
  const marker: BoundKey = { column: createColumn({ name: mark, type: 'boolean' }), value: isTotal, identity: [] }
  lowerGrouping({ keys: [...keys, marker], measures: grouping.bound.measures }, builder)
}

/** Adds rows of totals to a group. A ratio, an average or a distinct count of all is that of all rows, never a sum. */
export const totals = defineStep<TotalsStep, BoundTotals | undefined>({
  kind: 'totals',
  name: 'totals',
  verb: 'totals',
  summary:
    'Add a row of totals to a group, or one for each `per`, worked out from the rows anew and marked in the column `is_total`; `as` gives it a name.',
  grammar: ['totals [as "<name>"] [per <keys>]'],
  example:
    'from account\ngroup by plan, country: accounts = count(), avg_mrr = avg(mrr)\ntotals as "All" per plan\nsort plan, is_total',
  shape: { label: shapes.optional(z.string()), per: shapes.names },
  parse: (cursor) => {
    const start = cursor.mark()
    cursor.take()
    const isNamed = cursor.acceptWord('as')
    const label = isNamed ? cursor.peek() : undefined
    if (isNamed && label?.kind !== 'text') return cursor.expected('a text', 'Write `totals as "All"`.')
    if (isNamed) cursor.take()
    const per = cursor.acceptWord('per') ? parseList(cursor, () => parseName(cursor, 'a key')) : Object.freeze([])
    return cursor.place(start, { kind: 'totals', ...(label ? { label: label.value } : {}), per })
  },
  format: ({ label, per }) =>
    `totals${label === undefined ? '' : ` as ${quoteText(label)}`}${per.length > 0 ? ` per ${per.map(quoteName).join(', ')}` : ''}`,
  check: checkTotals,
  describe: ({ label, per }, { before }) => {
    const words = per.map((name) => before.columns.find((column) => column.name === name)?.label ?? name)
    const rows = per.length > 0 ? `a row of totals for each ${words.join(' and ')}` : 'a row of totals'
    return `Add ${rows}${label === undefined ? '' : `, called “${label}”`}, worked out from all rows below the group`
  },
  lower: (bound, builder) => {
    if (bound) lowerTotals(bound, builder)
  },
})
