import { findOrder } from '../check/ordering.ts'
import type { SortKey } from '../plan/plan.ts'
import type { Cursor } from '../text/cursor.ts'
import { parseCount } from '../text/parse-list.ts'
import type { LimitStep } from '../tree/ast.ts'
import * as shapes from '../tree/shapes.ts'
import { describeRows } from '../words/describe-expression.ts'
import { defineStep } from './step.ts'

/** `limit 10 offset 20` and `limit 1 per account` are said by other steps. */
function refuseMore(cursor: Cursor, count: number): void {
  const word = ['offset', 'per', 'by'].find((one) => cursor.isWord(one))
  if (word === undefined) return
  const rest = cursor.peek(1)?.value ?? (word === 'offset' ? '10' : 'plan')
  cursor.stop({
    code: 'foreign-words',
    message: `\`limit\` takes a number, and no \`${word}\``,
    hint:
      word === 'offset'
        ? `Number the rows with \`add n = row_number()\`, and write \`where n > ${rest}\` above the \`limit\`.`
        : word === 'per'
          ? `Say what comes first in each: \`top ${count} by <column> per ${rest}\`.`
          : `Write \`top ${count} by ${rest}\`.`,
  })
}

/** The first rows in the order that they have; unsorted, by what identifies them. */
export const limit = defineStep<LimitStep, { readonly count: number; readonly by: readonly SortKey[] }>({
  kind: 'limit',
  name: 'limit',
  verb: 'limit',
  summary: 'Keep the first rows, in the order that they have.',
  grammar: ['limit <n>'],
  example: 'from account\nsort created_at desc\nlimit 20',
  shape: { count: shapes.count },
  parse: (cursor: Cursor) => {
    const start = cursor.mark()
    cursor.take()
    const count = parseCount(cursor)
    refuseMore(cursor, count)
    return cursor.place(start, { kind: 'limit', count })
  },
  format: ({ count }) => `limit ${count}`,
  check: ({ count }, before, checker) => {
    const by = findOrder(before, { checker })
    return { after: { ...before, order: by }, bound: { count, by } }
  },
  describe: ({ count }, { before }) =>
    `Keep the first ${count === 1 ? 'row' : `${count} ${describeRows({ relation: before })}`}`,
  lower: ({ count, by }, builder) => {
    builder.push((input, step) => ({ op: 'limit', step, input: { op: 'sort', step, input, by }, count }))
  },
})
