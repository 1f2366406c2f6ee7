import type { Bound } from '../bind/bound.ts'
import { findType, type Relation, type RelationColumn, readColumn } from '../check/relation.ts'
import { knownType, lowerExpression, toColumn } from '../plan/lower-expression.ts'
import { foreign } from '../text/parse-foreign.ts'
import type { UniqueStep } from '../tree/ast.ts'
import { defineStep } from './step.ts'

interface Kept {
  readonly name: string
  readonly value: Bound
}

const hidden = (relation: Relation, name: string): Bound => ({
  kind: 'column',
  name,
  type: findType(relation, name),
  rows: undefined,
  field: undefined,
})

/** How many repeats a shown column has seen. */
const findReach =
  ({ rows }: Relation) =>
  (column: RelationColumn): number =>
    column.physical !== undefined && rows ? rows.depth : column.depth

/** Keeps one of the rows that show the same. What was shown identifies them from then on. */
export const unique = defineStep<UniqueStep, readonly Kept[]>({
  kind: 'unique',
  name: 'unique',
  verb: 'unique',
  summary: 'Keep one of the rows that show the same in all columns.',
  grammar: ['unique'],
  example: 'from account\nshow plan, country\nunique',
  shape: {},
  starts: (cursor) => cursor.isWord('unique') || cursor.isWord('distinct'),
  parse: (cursor) => {
    const start = cursor.mark()
    const word = cursor.take()?.value.toLowerCase()
    if (!cursor.isAtEnd())
      cursor.stop({
        code: 'syntax',
        message: `\`${word}\` takes nothing: it looks at all columns that are shown`,
        hint: 'Show the columns that are to differ above it, as in `show plan, country`, then `unique`.',
      })
    if (word === 'distinct')
      cursor.report(foreign('`distinct` is written `unique`', 'distinct → unique', cursor.spanFrom(start), 'unique'))
    return cursor.place(start, { kind: 'unique' })
  },
  format: () => 'unique',
  check: (_step, before, checker) => {
    const kept = before.columns.flatMap((column): readonly Kept[] => [
      ...column.identity.map((name) => ({ name, value: hidden(before, name) })),
      { name: column.name, value: readColumn(column, before, checker.names) },
    ])
    const names = kept.map(({ name }) => name)
    const lost = before.order.findIndex(({ name }) => !names.includes(name))
    const after: Relation = {
      columns: before.columns.map((column) => ({ ...column, physical: undefined })),
      rows: undefined,
      grain: { kind: 'keys', keys: before.columns.map(({ name }) => name) },
      order: lost < 0 ? before.order : before.order.slice(0, lost),
      hidden: new Map([...before.hidden].filter(([name]) => names.includes(name))),
      bounds: new Map(),
      // What made several rows of one goes with them, unless all that is shown has seen less of it.
      repeats: before.repeats.slice(0, Math.max(...before.columns.map(findReach(before)))),
    }
    return { after, bound: kept }
  },
  describe: (_step, { before }) =>
    `Keep one row for each combination of ${before.columns.map(({ label }) => label).join(', ')}`,
  lower: (kept, builder) => {
    const keys = kept.map(({ name, value }) => ({
      ...toColumn(name, value),
      type: knownType(value.type),
      value: lowerExpression(value, builder),
    }))
    builder.push((input, step) => ({ op: 'aggregate', step, input, keys, measures: [] }))
  },
})
