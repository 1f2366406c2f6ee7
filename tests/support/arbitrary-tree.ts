import fc from 'fast-check'
import { type Grain, grains } from '../../src/base/periods.ts'
import {
  type BinaryOperator,
  type Block,
  type BlockHeading,
  type Commented,
  chartMarks,
  type Expression,
  type Named,
  type Parameter,
  type Path,
  type Range,
  type Step,
  type Tree,
} from '../../src/dsl/ast.ts'

/** Names as people give them, those that are words of the language, and some that need backticks. */
export const names = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'plan',
      'mrr',
      'at',
      'month',
      'from',
      'where',
      'by',
      'count',
      'not',
      'true',
      'is',
      'in',
      'per',
      'with',
      'to',
      'last',
      'desc',
      'all',
      'rest',
      'metric',
      'when',
      'else',
      'if',
      'ago',
      'this',
      'over',
      'restart',
      'asc',
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .string({ minLength: 1, maxLength: 8, unit: 'grapheme' })
      .map((text) => text.replaceAll('\r', ''))
      .filter((text) => text !== ''),
  },
)
const texts = fc.string({
  maxLength: 12,
  unit: fc.constantFrom('a', 'Z', '"', '\\', '\n', '\t', "'", '`', '#', '%', 'é', '😀', ' '),
})
const numbers = fc
  .oneof(fc.integer({ min: -1000, max: 1000 }), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .map((value) => value + 0)
  .filter((value) => !Object.is(value, -0))
const units: fc.Arbitrary<Grain> = fc.constantFrom(...grains)
const periods = fc.constantFrom('2024', '2025-Q3', '2025-02', '2024-02-29', '2025-12-31', '2025-03-14T09:30:00Z')
const durations = fc.record({ count: fc.integer({ min: 1, max: 400 }), unit: units })

const optional = <K extends string, T>(key: K, value: fc.Arbitrary<T>): fc.Arbitrary<{ readonly [P in K]?: T }> =>
  fc
    .option(value, { nil: undefined })
    .map((given) => (given === undefined ? {} : { [key]: given }) as { readonly [P in K]?: T })

const rangeBases: fc.Arbitrary<Range> = fc.oneof(
  fc
    .record({ kind: fc.constantFrom('last', 'next'), count: fc.integer({ min: 1, max: 400 }), unit: units })
    .chain((range) =>
      fc.boolean().map((isIncluding): Range => (isIncluding ? { ...range, includingThis: true } : range)),
    ),
  fc.record({ kind: fc.constantFrom('this', 'to_date'), unit: units }),
  fc.record({ kind: fc.constant('period'), period: periods }),
  fc.record({ kind: fc.constant('span'), from: periods, to: periods }),
  fc.record({ kind: fc.constantFrom('before', 'after', 'since'), period: periods }),
)
export const ranges: fc.Arbitrary<Range> = fc
  .tuple(rangeBases, optional('ago', durations))
  .map(([range, ago]) => ({ ...range, ...ago }))

export const paths: fc.Arbitrary<Path> = fc.record({
  kind: fc.constant('path'),
  parts: fc.array(names, { minLength: 1, maxLength: 3 }),
})
const operators: fc.Arbitrary<BinaryOperator> = fc.constantFrom(
  'or',
  'and',
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'contains',
  'starts with',
  'ends with',
  '??',
  '+',
  '-',
  '*',
  '/',
  '%',
)

const leaves: fc.Arbitrary<Expression> = fc.oneof(
  texts.map((value): Expression => ({ kind: 'text', value })),
  numbers.map((value): Expression => ({ kind: 'number', value })),
  fc.boolean().map((value): Expression => ({ kind: 'boolean', value })),
  periods.filter((period) => period.length > 4).map((period): Expression => ({ kind: 'period', period })),
  durations.map((duration): Expression => ({ kind: 'duration', ...duration })),
  paths,
)

/** `when` before a parenthesis is its own form, never a call. */
const callNames = names.filter((name) => name.toLowerCase() !== 'when')

export const expressions: fc.Arbitrary<Expression> = fc.letrec<{ any: Expression }>((tie) => {
  const any = tie('any')
  return {
    any: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      leaves,
      fc.record({ kind: fc.constant('binary'), operator: operators, left: any, right: any }),
      fc.record({ kind: fc.constantFrom('not', 'negate'), operand: any }),
      fc.record({ kind: fc.constant('is_empty'), operand: any, negated: fc.boolean() }),
      fc.record({
        kind: fc.constant('in_list'),
        operand: any,
        items: fc.array(any, { minLength: 1, maxLength: 3 }),
        negated: fc.boolean(),
      }),
      fc.record({ kind: fc.constant('in_range'), operand: any, range: ranges, negated: fc.boolean() }),
      fc.record({ kind: fc.constant('between'), operand: any, low: any, high: any, negated: fc.boolean() }),
      fc
        .tuple(
          fc.record({ kind: fc.constant('call'), name: callNames, args: fc.array(any, { maxLength: 2 }) }),
          optional('ascending', fc.constant(true as const)),
          optional('by', fc.record({ value: any, descending: fc.boolean() })),
          optional('where', any),
          optional('over', durations),
          optional('restart', units),
          optional('per', fc.oneof(fc.constant('all' as const), fc.array(paths, { minLength: 1, maxLength: 2 }))),
        )
        .map(
          ([call, ascending, by, where, over, restart, per]): Expression => ({
            ...call,
            ...(call.args.length > 0 ? ascending : {}),
            ...by,
            ...where,
            ...over,
            ...restart,
            ...per,
          }),
        ),
      fc
        .tuple(
          fc.array(fc.record({ condition: any, value: any }), { minLength: 1, maxLength: 2 }),
          optional('otherwise', any),
        )
        .map(([cases, otherwise]): Expression => ({ kind: 'when', cases, ...otherwise })),
    ),
  }
}).any

const named: fc.Arbitrary<Named> = fc
  .tuple(optional('name', names), expressions)
  .map(([name, value]) => ({ ...name, value }))
const several = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: 1, maxLength: 3 })
const sorts = several(fc.record({ value: expressions, descending: fc.boolean() }))
const days = fc.constantFrom('2025', '2025-Q3', '2025-03-14')
const counts = fc.integer({ min: 1, max: 999_999_999 })

const froms: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('from'), model: names }),
  fc.record({ kind: fc.constant('from_block'), block: names }),
  fc
    .tuple(
      fc.record({ kind: fc.constant('from_metrics'), metrics: several(names), by: fc.array(named, { maxLength: 2 }) }),
      optional('where', expressions),
    )
    .map(([step, where]): Step => ({ ...step, ...where })),
)

/** Steps that read another block. */
const joins: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('append'), block: names }),
  fc
    .tuple(
      fc.record({ kind: fc.constant('join'), block: names, on: fc.array(names, { maxLength: 2 }) }),
      optional('keep', fc.constantFrom('all' as const, 'matching' as const)),
      optional(
        'columns',
        several(fc.tuple(names, optional('name', names)).map(([column, name]) => ({ column, ...name }))),
      ),
    )
    .map(([step, keep, columns]): Step => ({ ...step, ...keep, ...columns })),
)

const later: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('where'), condition: expressions }),
  fc.record({ kind: fc.constant('add'), name: names, value: expressions }),
  fc.record({ kind: fc.constant('group'), keys: fc.array(named, { maxLength: 2 }), measures: several(named) }),
  fc.record({ kind: fc.constant('group'), keys: several(named), measures: fc.constant([]) }),
  fc.record({ kind: fc.constant('sort'), by: sorts }),
  fc.record({ kind: fc.constant('limit'), count: counts }),
  fc
    .tuple(
      fc.record({
        kind: fc.constant('top'),
        count: counts,
        by: sorts,
        per: fc.array(paths, { maxLength: 2 }),
        withTies: fc.boolean(),
      }),
      optional('rest', texts),
    )
    .map(([step, rest]): Step => ({ ...step, ...rest })),
  fc.record({ kind: fc.constant('show'), columns: several(named) }),
  fc
    .tuple(
      fc.record({ kind: fc.constant('fill'), time: names, per: fc.array(names, { maxLength: 2 }) }),
      optional('with', fc.oneof(numbers, fc.constant('previous' as const))),
      optional('from', days),
      optional('to', days),
    )
    .map(([step, value, from, to]): Step => ({ ...step, ...value, ...from, ...to })),
  fc.record({
    kind: fc.constant('test'),
    detector: names,
    measure: names,
    time: names,
    by: fc.array(names, { maxLength: 2 }),
    options: fc.array(fc.record({ name: names, value: fc.oneof(numbers, texts, fc.boolean()) }), { maxLength: 2 }),
  }),
  fc
    .tuple(
      fc.record({
        kind: fc.constant('chart'),
        mark: fc.constantFrom(...chartMarks),
        columns: fc.array(names, { minLength: 1, maxLength: 3 }),
      }),
      optional('by', names),
    )
    .map(([step, by]): Step => ({ ...step, ...by })),
)

const laterSteps: fc.Arbitrary<Step> = fc.oneof({ weight: 8, arbitrary: later }, { weight: 2, arbitrary: joins })

const comments = fc.constantFrom('why', '', 'a # in it', 'two  spaces')
const commented = <T extends object>(node: fc.Arbitrary<T>): fc.Arbitrary<T & Commented> =>
  fc
    .tuple(node, optional('comments', several(comments)), optional('note', comments))
    .map(([one, above, note]) => ({ ...one, ...above, ...note }))

const stepLists: fc.Arbitrary<readonly Step[]> = fc
  .tuple(commented(froms), fc.array(commented(laterSteps), { maxLength: 4 }))
  .map(([first, rest]) => [first, ...rest])
const headings: fc.Arbitrary<BlockHeading> = commented(fc.record({ name: names }))
const blocks: fc.Arbitrary<Block> = fc.tuple(headings, stepLists).map(([heading, steps]) => ({ ...heading, steps }))

const parameter = (type: Parameter['type'], value: fc.Arbitrary<Parameter['value']>): fc.Arbitrary<Parameter> =>
  fc.record({ name: names, type: fc.constant(type), value })
const parameters = fc.oneof(
  parameter('text', texts),
  parameter('number', numbers),
  parameter('boolean', fc.boolean()),
  parameter('date', fc.constantFrom('2025-12-31', '2024-02-29')),
  parameter('timestamp', fc.constant('2025-03-14T09:30:00Z')),
)

const headers = fc
  .tuple(
    optional('title', texts),
    optional('asOf', fc.constantFrom('2026-09-30', '2024-02-29')),
    optional('timezone', fc.constantFrom('Europe/Tallinn', 'UTC', 'America/Port-au-Prince')),
    optional('params', fc.uniqueArray(parameters, { minLength: 1, maxLength: 2, selector: ({ name }) => name })),
  )
  .map(([title, asOf, timezone, params]) => ({ ...title, ...asOf, ...timezone, ...params }))

/** Trees of every shape that the parser can give, whether or not they make sense. */
export const trees: fc.Arbitrary<Tree> = fc
  .tuple(
    headers,
    optional('blocks', fc.array(blocks, { minLength: 1, maxLength: 2 })),
    optional('heading', headings),
    stepLists,
    optional('comments', several(comments)),
    optional('closing', several(comments)),
  )
  .map(
    ([header, earlier, heading, steps, above, closing]): Tree => ({
      dsl: 1,
      header,
      ...earlier,
      ...heading,
      steps,
      ...(Object.keys(header).length > 0 ? above : {}),
      ...closing,
    }),
  )
