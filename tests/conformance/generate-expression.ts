import fc from 'fast-check'
import { grains } from '../../src/base/periods.ts'
import type { Column, ColumnType, Expression } from '../../src/dsl/plan/plan.ts'

/** Draws one of `values`; a failing draw shrinks towards the first. */
export type Draw = <T>(values: readonly T[]) => T

export const drawFrom =
  (gen: fc.GeneratorValue): Draw =>
  (values) =>
    values[gen(fc.integer, { min: 0, max: values.length - 1 })]!

const call = (fn: string, ...args: readonly Expression[]): Expression => ({ op: 'call', fn, args })
const read = (name: string): Expression => ({ op: 'column', name })
const literal = (type: ColumnType, value: string | number | boolean | null): Expression => ({
  op: 'literal',
  type,
  value,
})

const literals: Readonly<Record<ColumnType, readonly (string | number | boolean)[]>> = {
  number: [0, 1, 2, -3, 10, 0.5, 2.25],
  text: ['pro', 'Pro', '', 'a', 'ann', '%', '_', "'", '\\', 'Ä', '😀', 'EE', '\uffe6'],
  boolean: [true, false],
  date: ['2024-03-31', '2024-10-27', '2025-01-01'],
  timestamp: ['2024-03-31T01:00:00Z', '2024-10-27T00:30:00Z', '2025-01-01T00:00:00Z'],
}

/** Columns whose values are not exact in arithmetic: those beyond 2^53, and roots and the like. They are only compared and counted. */
export const isLarge = (name: string): boolean => name.endsWith('big')

/** Expressions of a type over `columns`, at most `depth` deep. */
export function drawExpression(draw: Draw, columns: readonly Column[], type: ColumnType, depth: number): Expression {
  const own = columns.filter((column) => column.type === type && !isLarge(column.name))
  const leaf = (): Expression => {
    if (own.length > 0 && draw([true, true, true, false])) return read(draw(own).name)
    return literal(type, draw(literals[type]))
  }
  if (depth <= 0) return leaf()
  const of = (wanted: ColumnType, down = 1) => drawExpression(draw, columns, wanted, depth - down)
  const common: (() => Expression)[] = [
    leaf,
    leaf,
    () => call('coalesce', of(type), of(type, 2)),
    () => call('when', of('boolean'), of(type), of(type, 2)),
    () => call('when', of('boolean'), of(type), literal(type, null)),
  ]
  return draw([...common, ...makers[type](of, draw)])()
}

/** Not by many years: a series of days filled over them would be no test of anything but patience. */
const moved = (arg: Expression, argType: 'date' | 'timestamp', draw: Draw): Expression => {
  const count = draw([1, -1, 13])
  return {
    op: 'moved',
    arg,
    argType,
    count,
    grain: draw(grains.slice(argType === 'date' ? 2 : 0, count === 13 ? 5 : 7)),
  }
}

/** By a number that the row says, which is whole and small. */
const movedBy = (arg: Expression, argType: 'date' | 'timestamp', of: Of, draw: Draw): Expression => {
  const by = call('round', call('modulo', of('number', 3), literal('number', 50)))
  const unit = draw(argType === 'date' ? (['day', 'month'] as const) : (['second', 'day', 'month'] as const))
  return { op: 'moved_by', arg, argType, by, unit }
}

type Of = (type: ColumnType, down?: number) => Expression
type Makers = Readonly<Record<ColumnType, (of: Of, draw: Draw) => readonly (() => Expression)[]>>

const makers: Makers = {
  number: (of, draw) => [
    () => call(draw(['add', 'subtract']), of('number'), of('number')),
    () => call('multiply', of('number'), of('number', 3)),
    () => call('divide', of('number'), of('number')),
    () => call('modulo', of('number', 3), of('number', 3)),
    () => call(draw(['negate', 'floor', 'ceil', 'abs']), of('number')),
    () => call('length', of('text')),
    () => call(draw(['days_between', 'months_between']), of('date'), of('date')),
    () => call('seconds_between', of('timestamp'), of('timestamp')),
    () => call(draw(['year_of', 'quarter_of_year', 'month_of_year', 'day_of_month', 'day_of_week']), of('date')),
    () => call(draw(['day_of_year', 'week_of_year']), of('date')),
    () => call(draw(['hour_of_day', 'minute_of_hour']), of('timestamp')),
    () => call(draw(['sign', 'sqrt', 'ln', 'log10']), of('number')),
    () => call('power', of('number', 3), literal('number', draw([2, 0.5, -1, -0.5]))),
    () => call(draw(['least', 'greatest']), of('number'), of('number', 3)),
    () => call('to_number', of('text')),
    () =>
      call('to_number', literal('text', draw(['12', ' -1.5 ', '1e3', '1e400', '', '.', '0x1', '1_000', 'NaN', '.5']))),
  ],
  text: (of, draw) => [
    () => call(draw(['lower', 'upper', 'trim']), of('text')),
    () => call('replace', of('text'), literal('text', draw(['a', 'n', "'", '😀'])), of('text', 3)),
    () => call('substring', of('text'), literal('number', draw([1, 2])), literal('number', draw([0, 1, 3]))),
    () => call('concat', of('text'), of('text', 2)),
    () =>
      call(
        'split',
        of('text'),
        literal('text', draw(['a', ' ', 'n', '%', '\\', '😀'])),
        literal('number', draw([1, 2, 3])),
      ),
    () => call('to_text', draw([of('number', 3), of('date')])),
  ],
  boolean: (of, draw) => [
    () => {
      const type = draw(['number', 'text', 'date', 'timestamp'] as const)
      return call(
        draw(['equals', 'not_equals', 'less', 'less_or_equal', 'greater', 'greater_or_equal']),
        of(type),
        of(type),
      )
    },
    () => call('in', of('text'), literal('text', draw(literals.text)), literal('text', draw(literals.text))),
    () => call('in', of('number'), literal('number', 1), literal('number', 2.25)),
    () => call(draw(['and', 'or']), of('boolean'), of('boolean')),
    () => call('not', of('boolean')),
    () => call('is_empty', of(draw(['number', 'text', 'boolean', 'date', 'timestamp'] as const))),
    () => call(draw(['contains', 'starts_with', 'ends_with']), of('text'), of('text', 2)),
    () =>
      call('matches', of('text'), literal('text', draw(['^[A-Z]', 'n+$', '^[^\n]*[^a-z]$', '(a|o){1,2}', '\\.|\\\\']))),
  ],
  date: (of, draw) => [
    () => call('to_date', literal('text', draw(['2024-02-30', '2024-02-29', '2024-03-31T10:00', '24-1-1', 'today']))),
    () => call(draw(['least', 'greatest']), of('date'), of('date', 3)),
    () => ({ op: 'bucket', grain: draw(grains.slice(2)), arg: of('timestamp'), argType: 'timestamp' }),
    () => ({ op: 'bucket', grain: draw(grains.slice(2)), arg: of('date'), argType: 'date' }),
    () => moved(of('date'), 'date', draw),
    () => movedBy(of('date', 3), 'date', of, draw),
  ],
  timestamp: (of, draw) => [
    () =>
      call(
        'to_timestamp',
        literal(
          'text',
          draw([
            '2024-10-27 00:30',
            '2024-10-27T00:30:00.5Z',
            '2024-03-31',
            '2024-02-30 10:00',
            '24:00',
            '2024-10-27 24:00',
          ]),
        ),
      ),
    () => call(draw(['least', 'greatest']), of('timestamp'), of('timestamp', 3)),
    () => ({ op: 'bucket', grain: draw(['hour', 'minute'] as const), arg: of('timestamp'), argType: 'timestamp' }),
    () => moved(of('timestamp'), 'timestamp', draw),
    () => movedBy(of('timestamp', 3), 'timestamp', of, draw),
  ],
}
