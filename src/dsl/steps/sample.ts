import { type Bound, call, literal } from '../bind/bound.ts'
import type { Checker } from '../check/checker.ts'
import { findType, listKeys, type Relation, toBound } from '../check/relation.ts'
import { useColumn } from '../check/rows.ts'
import { lowerExpression, toColumn } from '../plan/lower-expression.ts'
import { parseCount } from '../text/parse-list.ts'
import type { SampleStep } from '../tree/ast.ts'
import * as shapes from '../tree/shapes.ts'
import { describeRows } from '../words/describe-expression.ts'
import { defineStep } from './step.ts'

interface BoundSample {
  readonly count: number
  /** What rows are chosen by: a text that looks like chance, and is the same each time. */
  readonly chance: Bound
  /** Hidden column of that. */
  readonly name: string
}

/** Values that tell rows apart; undefined where what they are is not known. */
function findKeys(before: Relation, checker: Checker): readonly Bound[] | undefined {
  const { grain, rows, columns, repeats } = before
  if (grain.kind === 'keys')
    return listKeys(before).map((name): Bound => {
      const shown = columns.find((column) => column.name === name)
      if (shown) return toBound(shown)
      return { kind: 'column', name, type: findType(before, name), rows: undefined, field: undefined }
    })
  if (grain.kind !== 'model' || !rows || repeats.length > 0) return undefined
  return rows.scan.model.key.map((column) => useColumn(rows, column, checker.names))
}

/** A value as a text that is the same on every engine. */
function toText(value: Bound): Bound {
  switch (value.type) {
    case 'number':
    case 'date':
      return call('to_text', 'text', value)
    case 'timestamp': {
      const start = literal('timestamp', '1970-01-01T00:00:00Z')
      return call('to_text', 'text', call('seconds_between', 'number', start, value))
    }
    case 'boolean':
      return call('when', 'text', value, literal('text', 'true'), literal('text', 'false'))
    default:
      return value
  }
}

/** Rows are taken by a hash of their key: no run differs from another, nor one engine from another. */
function mixKeys(keys: readonly Bound[]): Bound {
  const [first] = keys
  const only = keys.length === 1 ? first : undefined
  const texts = keys.map((key) => call('coalesce', 'text', toText(key), literal('text', '')))
  const joined = texts.flatMap((text, at) => (at === 0 ? [text] : [literal('text', '/'), text]))
  return call('md5', 'text', only ? toText(only) : call('concat', 'text', ...joined))
}

/** Some of the rows, chosen by a hash of their key. */
export const sample = defineStep<SampleStep, BoundSample | undefined>({
  kind: 'sample',
  name: 'sample',
  verb: 'sample',
  summary: 'Keep some rows that look like picked at random, and are the same ones each time.',
  grammar: ['sample <n>'],
  example: 'from account\nwhere plan = "pro"\nsample 20\nshow name, mrr',
  shape: { count: shapes.count },
  parse: (cursor) => {
    const start = cursor.mark()
    cursor.take()
    return cursor.place(start, { kind: 'sample', count: parseCount(cursor) })
  },
  format: ({ count }) => `sample ${count}`,
  check: (step, before, checker) => {
    const keys = before.grain.kind === 'all' ? [literal('text', '')] : findKeys(before, checker)
    if (!keys)
      checker.report(step, {
        code: 'sample-here',
        message: 'it is not known what tells these rows apart, by which some of them could be picked',
        hint: 'Put `sample` before the step that leaves out the key, as `show` does.',
      })
    const isKnown = keys?.every(({ type }) => type !== 'unknown') === true
    const bound = isKnown ? { count: step.count, chance: mixKeys(keys), name: checker.names.take('chance') } : undefined
    return { after: before, bound }
  },
  describe: ({ count }, { before }) =>
    `Keep ${count} of the ${describeRows({ relation: before })}, picked as if at random, the same ones each time`,
  lower: (bound, builder) => {
    if (!bound) return
    const { count, chance, name } = bound
    const value = lowerExpression(chance, builder)
    builder.push((input, step) => ({ op: 'extend', step, input, columns: [{ ...toColumn(name, chance), value }] }))
    const by = [{ name, descending: false }]
    builder.push((input, step) => ({ op: 'top', step, input, count, by, per: [], withTies: false }))
  },
})
