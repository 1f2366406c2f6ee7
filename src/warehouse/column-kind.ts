import type { FieldType } from '../catalog/catalog.ts'

/** Types of all engines by what they are for an exploration; a type not named here fits nothing but text. The first that fits counts. */
const kinds: readonly (readonly [RegExp, FieldType])[] = [
  [/^(bool|tinyint\(1\)|bit\(1\))/i, 'boolean'],
  [
    /^(u?(tiny|small|medium|big|huge)?int(eger)?\d*\b|year\b|bit\(|uhugeint|decimal|(big)?numeric|number|double|real|float|bignum)/i,
    'number',
  ],
  [/^date(32)?$/i, 'date'],
  [/^(timestamp|datetime)/i, 'timestamp'],
]

/** The field type that a column of the engine's `type` is read as: `DECIMAL(18,3)` is a number, a list of numbers (`INTEGER[]`) none. */
export const kindOf = (type: string): FieldType =>
  type.endsWith(']') ? 'text' : (kinds.find(([pattern]) => pattern.test(type))?.[1] ?? 'text')
