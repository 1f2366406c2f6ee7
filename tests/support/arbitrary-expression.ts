import fc from 'fast-check'
import { type Grain, grains } from '../../src/base/periods.ts'
import type { BinaryOperator, Expression, Named, Path, Range } from '../../src/dsl/tree/ast.ts'
import { readExact } from '../../src/dsl/tree/exact-number.ts'

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
      'on',
      'for',
      'then',
      'strict',
      'any',
      'within',
      'gap',
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
export const texts = fc.string({
  maxLength: 12,
  unit: fc.constantFrom('a', 'Z', '"', '\\', '\n', '\t', "'", '`', '#', '%', 'é', '😀', ' '),
})
export const numbers = fc
  .oneof(fc.integer({ min: -1000, max: 1000 }), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .map((value) => value + 0)
  .filter((value) => !Object.is(value, -0))
/** Numbers with more digits than a double keeps. */
const longNumbers = fc
  .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.nat(12))
  .map(([digits, places]) => readExact(`${digits}e-${places}`))
  .filter((value) => value !== undefined)
export const units: fc.Arbitrary<Grain> = fc.constantFrom(...grains)
const periods = fc.constantFrom('2024', '2025-Q3', '2025-02', '2024-02-29', '2025-12-31', '2025-03-14T09:30:00Z')
export const durations = fc.record({ count: fc.integer({ min: 1, max: 400 }), unit: units })

export const optional = <K extends string, T>(
  key: K,
  value: fc.Arbitrary<T>,
): fc.Arbitrary<{ readonly [P in K]?: T }> =>
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
  'matches',
  '??',
  '+',
  '-',
  '*',
  '/',
  '%',
)

const leaves: fc.Arbitrary<Expression> = fc.oneof(
  texts.map((value): Expression => ({ kind: 'text', value })),
  fc.oneof({ weight: 5, arbitrary: numbers }, longNumbers).map((value): Expression => ({ kind: 'number', value })),
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

export const named: fc.Arbitrary<Named> = fc
  .tuple(optional('name', names), expressions)
  .map(([name, value]) => ({ ...name, value }))
export const several = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: 1, maxLength: 3 })
export const sorts = several(fc.record({ value: expressions, descending: fc.boolean() }))
export const days = fc.constantFrom('2025', '2025-Q3', '2025-03-14')
export const counts = fc.integer({ min: 1, max: 999_999_999 })
