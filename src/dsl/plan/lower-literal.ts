import { invariant } from '../../base/invariant.ts'
import type { Bound } from '../bind/bound.ts'
import type { Column, ColumnType, Literal } from './plan.ts'

export const lowerLiteral = (type: Bound['type'], value: Literal['value']): Literal => ({
  op: 'literal',
  type: knownType(type),
  value,
})

/** The type of something that was checked without a mistake. */
export function knownType(type: Bound['type']): ColumnType {
  invariant(type !== 'unknown', 'only what was checked is planned')
  return type
}

export const toColumn = (name: string, bound: Bound): Column => ({
  name,
  type: knownType(bound.type),
  ...(bound.unit === undefined ? {} : { unit: bound.unit }),
})
