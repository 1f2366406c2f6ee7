import fc from 'fast-check'
import type { Step } from '../../src/dsl/tree/ast.ts'
import { funnelModes } from '../../src/dsl/tree/ast-product.ts'
import { durations, expressions, named, optional, paths, units } from './arbitrary-expression.ts'

const events = fc
  .tuple(paths, optional('where', expressions))
  .map(([on, where]): { on: typeof on; where?: NonNullable<typeof where.where> } => ({ on, ...where }))
const keys = fc.array(named, { maxLength: 1 })

/** Steps that follow what people did over time. */
export const productSteps: fc.Arbitrary<Step> = fc.oneof(
  fc
    .tuple(fc.array(named, { minLength: 1, maxLength: 2 }), events, durations)
    .map(([by, on, length]): Step => ({ kind: 'retention', by, ...on, length })),
  fc
    .tuple(
      events,
      fc.constantFrom(...funnelModes),
      optional('within', durations),
      keys,
      fc.array(named, { minLength: 2, maxLength: 2 }),
    )
    .map(([on, mode, within, by, stages]): Step => ({ kind: 'funnel', ...on, mode, ...within, by, stages })),
  fc.tuple(units, keys, events).map(([unit, by, on]): Step => ({ kind: 'lifecycle', unit, by, ...on })),
  fc
    .tuple(fc.array(named, { minLength: 1, maxLength: 2 }), durations)
    .map(([per, gap]): Step => ({ kind: 'sessions', per, gap })),
)
