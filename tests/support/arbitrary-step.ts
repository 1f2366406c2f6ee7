import fc from 'fast-check'
import { type ComparedSides, chartMarks, type Expression, type Step } from '../../src/dsl/tree/ast.ts'
import {
  counts,
  days,
  expressions,
  named,
  names,
  numbers,
  optional,
  paths,
  ranges,
  several,
  sorts,
  texts,
  units,
} from './arbitrary-expression.ts'
import { productSteps } from './arbitrary-product-step.ts'

/** A step that starts. */
export const froms: fc.Arbitrary<Step> = fc.oneof(
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

const literals: fc.Arbitrary<Expression> = fc.oneof(
  texts.map((value): Expression => ({ kind: 'text', value })),
  numbers.map((value): Expression => ({ kind: 'number', value })),
  fc.boolean().map((value): Expression => ({ kind: 'boolean', value })),
  fc.constant<Expression>({ kind: 'period', period: '2025-03' }),
)
const sides: fc.Arbitrary<ComparedSides> = fc.oneof(
  fc
    .tuple(fc.record({ kind: fc.constant('ranges'), first: ranges, second: ranges }), optional('of', paths))
    .map(([both, of]): ComparedSides => ({ ...both, ...of })),
  fc.record({ kind: fc.constant('values'), of: paths, first: literals, second: literals }),
)

/** Steps that give rows another shape. */
const reshapes: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('unique') }),
  fc.record({ kind: fc.constant('sample'), count: counts }),
  fc.record({ kind: fc.constant('unpivot'), columns: several(names), name: names, value: names }),
  fc
    .tuple(fc.record({ kind: fc.constant('totals'), per: fc.array(names, { maxLength: 2 }) }), optional('label', texts))
    .map(([step, label]): Step => ({ ...step, ...label })),
  fc
    .tuple(
      fc.record({ kind: fc.constant('pivot'), key: paths, measures: several(named) }),
      optional('values', several(literals)),
      optional('rest', texts),
      optional('by', several(named)),
    )
    .map(([step, values, rest, by]): Step => ({ ...step, ...values, ...rest, ...by })),
  fc.record({ kind: fc.constant('compare'), sides, by: fc.array(named, { maxLength: 2 }), measures: several(named) }),
)

const later: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('where'), condition: expressions }),
  fc.record({ kind: fc.constant('add'), name: names, value: expressions }),
  fc.record({ kind: fc.constant('group'), keys: fc.array(named, { maxLength: 2 }), measures: several(named) }),
  fc.record({ kind: fc.constant('group'), keys: several(named), measures: fc.constant([]) }),
  reshapes,
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
  fc
    .tuple(
      fc.record({ kind: fc.constant('repeat'), every: units, from: expressions, to: expressions }),
      optional('at', fc.constantFrom('start' as const, 'end' as const)),
      optional('name', names),
    )
    .map(([step, at, name]): Step => ({ ...step, ...at, ...name })),
  fc
    .tuple(fc.record({ kind: fc.constant('expand'), path: paths }), optional('name', names))
    .map(([step, name]): Step => ({ ...step, ...name })),
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

/** A step that is not the first. */
export const laterSteps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: later },
  { weight: 2, arbitrary: joins },
  { weight: 2, arbitrary: productSteps },
)
