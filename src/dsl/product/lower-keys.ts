import type { BoundKey } from '../check/grouping.ts'
import { type Builder, knownType, lowerExpression, toColumn } from '../plan/lower-expression.ts'
import type { Aggregate } from '../plan/plan.ts'

/** Keys as a grouping has them: what is shown, and before it what tells two of one name apart. */
export const lowerKeys = (keys: readonly BoundKey[], builder: Builder): Aggregate['keys'] =>
  keys.flatMap(({ column, value, identity }) => [
    ...identity.map((one) => ({
      name: one.name,
      type: knownType(one.value.type),
      value: lowerExpression(one.value, builder),
    })),
    { ...toColumn(column.name, value), value: lowerExpression(value, builder) },
  ])
