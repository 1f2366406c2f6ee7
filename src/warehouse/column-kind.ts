import type { FieldType } from '../catalog/catalog.ts'

/** Types of either engine by what they are for an exploration; a type not named here fits nothing but text. */
const kinds: readonly (readonly [RegExp, FieldType])[] = [
  [/^(u?(tiny|small|big|huge)?int(eger)?\d*|uhugeint|decimal|numeric|double|real|float|bignum)/i, 'number'],
  [/^bool/i, 'boolean'],
  [/^date$/i, 'date'],
  [/^timestamp/i, 'timestamp'],
]

/** The field type that a column of the engine's `type` is read as: `DECIMAL(18,3)` is a number. */
export const kindOf = (type: string): FieldType => kinds.find(([pattern]) => pattern.test(type))?.[1] ?? 'text'
