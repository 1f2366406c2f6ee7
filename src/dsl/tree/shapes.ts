import { z } from 'zod'
import { grains } from '../../base/periods.ts'
import { isPeriod } from '../text/parse-range.ts'
import type { Duration, Expression, Named, Path, Range, SortItem } from './ast.ts'
import { readExact } from './exact-number.ts'

/**
 * Shapes of the parts that steps are made of, as values: what a tree from outside is held against, and what its JSON schema is written
 * from. Each step adds its own members (`defineStep`).
 */

export const optional = <T extends z.ZodType>(shape: T) => shape.exactOptional()
export const list = <T extends z.ZodType>(item: T) => z.array(item)

export const name = z.string().min(1)
export const names = list(name)
export const count = z.int().min(0).describe('a whole number')
export const unit = z.enum(grains)
export const literalPeriod = z.string().refine(isPeriod).meta({
  id: 'Period',
  description: 'A year, quarter, month, day or instant: `2025`, `2025-Q3`, `2025-03`, `2025-03-14`.',
})

export const duration: z.ZodType<Duration> = z.strictObject({ count, unit }).meta({ id: 'Duration' })

const ago = { ago: optional(duration) }

export const range: z.ZodType<Range> = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.enum(['last', 'next']),
      count,
      unit,
      includingThis: optional(z.literal(true)),
      ...ago,
    }),
    z.strictObject({ kind: z.enum(['this', 'to_date']), unit, ...ago }),
    z.strictObject({ kind: z.literal('period'), period: literalPeriod, ...ago }),
    z.strictObject({ kind: z.literal('span'), from: literalPeriod, to: literalPeriod, ...ago }),
    z.strictObject({ kind: z.enum(['before', 'after', 'since']), period: literalPeriod, ...ago }),
  ])
  .meta({ id: 'Range', description: 'A stretch of time, resolved against the day on which it is asked.' })

export const path: z.ZodType<Path> = z
  .strictObject({ kind: z.literal('path'), parts: list(name).min(1) })
  .meta({ id: 'Path', description: 'A column, or a way over relations to one: `account.plan`.' })

const binaryOperators = [
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
] as const

const negated = z.boolean()

const exactNumber = z
  .union([z.number(), z.string().refine((text) => readExact(text) === text)])
  .meta({ id: 'Number', description: 'A number, or its digits where a number would lose some: `"9007199254740993"`.' })

export const expression: z.ZodType<Expression> = z
  .lazy(() =>
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('text'), value: z.string() }),
      z.strictObject({ kind: z.literal('number'), value: exactNumber }),
      z.strictObject({ kind: z.literal('boolean'), value: z.boolean() }),
      z.strictObject({ kind: z.literal('period'), period: literalPeriod }),
      z.strictObject({ kind: z.literal('duration'), count, unit }),
      z.strictObject({ kind: z.literal('path'), parts: names }),
      z.strictObject({
        kind: z.literal('call'),
        name,
        args: list(expression),
        ascending: optional(z.literal(true)),
        by: optional(sortItem),
        where: optional(expression),
        over: optional(duration),
        restart: optional(unit),
        per: optional(z.union([z.literal('all'), list(path).min(1)])),
      }),
      z.strictObject({
        kind: z.literal('when'),
        cases: list(z.strictObject({ condition: expression, value: expression })),
        otherwise: optional(expression),
      }),
      z.strictObject({
        kind: z.literal('binary'),
        operator: z.enum(binaryOperators),
        left: expression,
        right: expression,
      }),
      z.strictObject({ kind: z.enum(['not', 'negate']), operand: expression }),
      z.strictObject({ kind: z.literal('is_empty'), operand: expression, negated }),
      z.strictObject({ kind: z.literal('in_list'), operand: expression, items: list(expression), negated }),
      z.strictObject({ kind: z.literal('in_range'), operand: expression, range, negated }),
      z.strictObject({ kind: z.literal('between'), operand: expression, low: expression, high: expression, negated }),
    ]),
  )
  .meta({ id: 'Expression', description: 'A value of a row, or of a group of rows.' })

export const named: z.ZodType<Named> = z
  .strictObject({ name: optional(name), value: expression })
  .meta({ id: 'Named', description: 'An expression with the name that its column takes.' })

export const sortItem: z.ZodType<SortItem> = z
  .strictObject({ value: expression, descending: z.boolean() })
  .meta({ id: 'SortItem' })
