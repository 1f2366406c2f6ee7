import { typeNames } from '../bind/bind-comparison.ts'
import type { Bound } from '../bind/bound.ts'
import type { Checker } from '../check/checker.ts'
import { createCallout } from '../check/named-column.ts'
import { findClash, findFree } from '../check/new-name.ts'
import { createColumn, findType, type Relation, type RelationColumn, readColumn } from '../check/relation.ts'
import { knownType, lowerExpression, toColumn } from '../plan/lower-expression.ts'
import type { Column, Expression } from '../plan/plan.ts'
import { parseList } from '../text/parse-list.ts'
import { parseName } from '../text/parse-names.ts'
import { quoteName } from '../text/quote.ts'
import type { UnpivotStep } from '../tree/ast.ts'
import * as shapes from '../tree/shapes.ts'
import { defineStep } from './step.ts'

interface BoundUnpivot {
  readonly name: string
  readonly value: Column
  /** Columns that become rows, with what each holds. */
  readonly turned: readonly { readonly name: string; readonly value: Bound }[]
  /** Columns that stay, hidden ones included. */
  readonly kept: readonly { readonly name: string; readonly value: Bound }[]
}

const formatUnpivot = ({ columns, name, value }: UnpivotStep): string =>
  `unpivot ${columns.map(quoteName).join(', ')} as ${quoteName(name)}, ${quoteName(value)}`

/** The columns that are turned, as far as they are there and of one type. */
function findTurned(step: UnpivotStep, before: Relation, checker: Checker): readonly RelationColumn[] {
  const find = createCallout(step, before, checker)
  const found = step.columns.map((name) => find(name, 'a column', () => true)).filter((one) => one !== undefined)
  const twice = step.columns.find((name, at) => step.columns.indexOf(name) < at)
  if (twice !== undefined) {
    const text = formatUnpivot({ ...step, columns: [...new Set(step.columns)] })
    const span = checker.spanOf(step)
    checker.report(step, {
      code: 'name-taken',
      message: `\`${twice}\` is named twice`,
      hint: `Write \`${text}\`.`,
      fixes: span ? [{ title: `${twice} named once`, span, text }] : [],
    })
  }
  const [first] = found
  const other = found.find(({ type }) => type !== first?.type && type !== 'unknown' && first?.type !== 'unknown')
  if (first && other)
    checker.report(step, {
      code: 'type-mismatch',
      message: `\`${first.name}\` is ${typeNames[first.type]} and \`${other.name}\` is ${typeNames[other.type]}`,
      hint: 'Values that become one column must be of one type.',
    })
  return found
}

/** Reports names that other columns have; gives those that are free. */
function checkNames(step: UnpivotStep, others: readonly RelationColumn[], checker: Checker) {
  const taken = new Set(others.map(({ name }) => name))
  const name = findFree(step.name, taken)
  const value = findFree(step.value, new Set([...taken, name]))
  if (name === step.name && value === step.value) return
  const clash = findClash(step.name, taken) ?? findClash(step.value, taken) ?? step.name
  const span = checker.spanOf(step)
  const text = formatUnpivot({ ...step, name, value })
  checker.report(step, {
    code: 'name-taken',
    message: `there is already a column \`${clash}\``,
    hint: `Name it otherwise, as \`${text}\`.`,
    fixes: span ? [{ title: `named \`${name}\`, \`${value}\``, span, text }] : [],
  })
}

function checkUnpivot(step: UnpivotStep, before: Relation, checker: Checker) {
  const turned = findTurned(step, before, checker)
  const others = before.columns.filter(({ name }) => !step.columns.includes(name))
  checkNames(step, others, checker)
  const [first] = turned
  const isOneUnit = turned.every(({ unit }) => unit === first?.unit)
  const keys = before.grain.kind === 'keys' ? before.grain.keys : undefined
  const isKeyed = keys?.every((key) => others.some(({ name }) => name === key)) ?? before.grain.kind === 'all'
  const identity = others.flatMap((column) => column.identity)
  const order = before.order.filter(({ name }) => [...identity, ...others.map((one) => one.name)].includes(name))
  const after: Relation = {
    columns: [
      ...others.map((column) => ({ ...column, physical: undefined })),
      createColumn({ name: step.name, type: 'text', depth: before.repeats.length + 1 }),
      createColumn({
        name: step.value,
        type: first?.type ?? 'unknown',
        unit: isOneUnit ? first?.unit : undefined,
        depth: before.repeats.length + 1,
        hasGaps: turned.some(({ hasGaps }) => hasGaps),
      }),
    ],
    rows: undefined,
    grain: isKeyed ? { kind: 'keys', keys: [...(keys ?? []), step.name] } : { kind: 'unknown' },
    order,
    hidden: new Map(identity.map((name) => [name, findType(before, name)] as const)),
    bounds: new Map(),
    // What stays stands once for each column that was turned.
    repeats: [...before.repeats, { kind: 'periods', column: step.name, label: step.name.replaceAll('_', ' ') }],
  }
  const read = (column: RelationColumn) => ({ name: column.name, value: readColumn(column, before, checker.names) })
  const hide = (name: string): { name: string; value: Bound } => ({
    name,
    value: { kind: 'column', name, type: findType(before, name), rows: undefined, field: undefined },
  })
  const value: Column = { name: step.value, type: first && first.type !== 'unknown' ? first.type : 'text' }
  return {
    after,
    bound: { name: step.name, value, turned: turned.map(read), kept: [...others.map(read), ...identity.map(hide)] },
  }
}

/** Columns become rows: one for each, with its name and what it holds, empty or not. */
export const unpivot = defineStep<UnpivotStep, BoundUnpivot>({
  kind: 'unpivot',
  name: 'unpivot',
  verb: 'unpivot',
  summary: 'Make rows of columns: one row for each, with its name and its value.',
  grammar: ['unpivot <columns> as <name>, <value>'],
  example:
    'from account\ngroup by month(created_at): signups = count(), activated = count(activated_at)\nunpivot signups, activated as what, accounts\nchart line month, accounts by what',
  shape: { columns: shapes.names, name: shapes.name, value: shapes.name },
  parse: (cursor) => {
    const start = cursor.mark()
    cursor.take()
    const columns = parseList(cursor, () => parseName(cursor, 'a column'))
    cursor.expectWord('as')
    const name = parseName(cursor, 'a name for what the columns were called', 'Write `unpivot a, b as what, amount`.')
    cursor.expectSymbol(',')
    const value = parseName(cursor, 'a name for their values', 'Write `unpivot a, b as what, amount`.')
    return cursor.place(start, { kind: 'unpivot', columns, name, value })
  },
  format: formatUnpivot,
  check: checkUnpivot,
  describe: ({ columns, name, value }, { before }) => {
    const label = (one: string) => before.columns.find((column) => column.name === one)?.label ?? one
    return `Make a row of each of ${columns.map(label).join(', ')}: its name as ${name.replaceAll('_', ' ')}, its value as ${value.replaceAll('_', ' ')}`
  },
  lower: ({ name, value, turned, kept }, builder) => {
    const own = builder.names.take(name)
    const rows = turned.map((one) => [{ op: 'literal', type: 'text', value: one.name } as const])
    const args = turned.flatMap((one): readonly Expression[] => [
      {
        op: 'call',
        fn: 'equals',
        args: [
          { op: 'column', name: own },
          { op: 'literal', type: 'text', value: one.name },
        ],
      },
      lowerExpression(one.value, builder),
    ])
    const columns = kept.map((one) => {
      const expression = lowerExpression(one.value, builder)
      return { ...toColumn(one.name, one.value), from: expression.op === 'column' ? expression.name : one.name }
    })
    const turnedName = builder.names.take(value.name)
    const type = knownType(value.type)
    const otherwise: Expression = { op: 'literal', type, value: null }
    builder.push((input, step) => ({
      op: 'expand',
      step,
      input,
      to: { op: 'values', step, title: 'turned_columns', columns: [{ name: own, type: 'text' }], rows },
      on: [],
      columns: [{ name: own, type: 'text', from: own }],
    }))
    builder.push((input, step) => ({
      op: 'extend',
      step,
      input,
      columns: [{ name: turnedName, type, value: { op: 'call', fn: 'when', args: [...args, otherwise] } }],
    }))
    builder.push((input, step) => ({
      op: 'project',
      step,
      input,
      columns: [...columns, { name, type: 'text', from: own }, { ...value, from: turnedName }],
    }))
  },
})
