import type { Scope } from '../check/checker.ts'
import { type BoundSort, bindSort, hideSorts, lowerSort } from '../check/ordering.ts'
import { formatExpression, formatSort } from '../text/format-expression.ts'
import { parseList, parseSortItem } from '../text/parse-list.ts'
import type { SortItem, SortStep } from '../tree/ast.ts'
import * as shapes from '../tree/shapes.ts'
import { describeExpression, describeRows } from '../words/describe-expression.ts'
import { defineStep } from './step.ts'

/** `sort by x` is what other languages say; a column called `by` with more behind it stands in parentheses. */
function separateBy(item: SortItem): string {
  const text = formatSort(item)
  if (!/^by\s+[^\s\-+*/%=<>!?,]/iu.test(text)) return text
  return `(${formatExpression(item.value)})${item.descending ? ' desc' : ''}`
}

/** The order of rows, for what is shown and for a `limit` below. Empty values come last. */
export const sort = defineStep<SortStep, readonly BoundSort[]>({
  kind: 'sort',
  name: 'sort',
  verb: 'sort',
  summary: 'Order the rows, ascending unless `desc` is said; empty values come last.',
  grammar: ['sort <column> [desc], …'],
  example: 'from account\nsort created_at desc, name\nlimit 20',
  shape: { by: shapes.list(shapes.sortItem) },
  parse: (cursor) => {
    const start = cursor.mark()
    cursor.take()
    return cursor.place(start, { kind: 'sort', by: parseList(cursor, (at) => parseSortItem(at, 'asc')) })
  },
  format: ({ by }) => `sort ${by.map((item, at) => (at === 0 ? separateBy(item) : formatSort(item))).join(', ')}`,
  check: ({ by }, before, checker) => {
    const scope: Scope = { checker, relation: before, mode: 'row', across: true }
    const bound = by.map((item) => bindSort(item, scope))
    return { after: { ...before, order: bound.map(({ key }) => key), hidden: hideSorts(before, bound) }, bound }
  },
  describe: ({ by }, { before, checker }) => {
    const scope: Scope = { checker, relation: before, mode: 'row', across: true }
    const keys = by.map(
      ({ value, descending }) => `${describeExpression(value, scope)}${descending ? ', largest first' : ''}`,
    )
    return `Sort ${describeRows(scope)} by ${keys.join(', then by ')}`
  },
  lower: (bound, builder) => {
    for (const one of bound) lowerSort(one, builder)
  },
})
