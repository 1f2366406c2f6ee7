import { ansi } from './ansi.ts'
import type { Dialect } from './dialect.ts'
import { binding } from './dialect.ts'
import { atom, call, cast, emptyIfZero, infix } from './fragments.ts'

/**
 * DuckDB. Texts are compared by code point and whole numbers divide into fractions already. A column of type ENUM sorts by its own
 * order, not by text: `checkWarehouse` says so.
 */
export const duckdb: Dialect = {
  ...ansi,
  name: 'duckdb',
  scalars: {
    ...ansi.scalars,
    divide: ([left, right]) => infix('/', binding.product, 'number')([left!, emptyIfZero(right!)]),
    contains: ([text, part]) => atom(`contains(lower(${text!.text}), lower(${part!.text}))`, 'boolean'),
    ends_with: ([text, part]) => atom(`ends_with(lower(${text!.text}), lower(${part!.text}))`, 'boolean'),
    substring: call('substr', 'text'),
    months_between: ([from, to]) => atom(`date_diff('month', ${from!.text}, ${to!.text})`, 'number'),
  },
  aggregates: {
    ...ansi.aggregates,
    avg: ({ args, suffix }) => `avg(${args[0]!.text})${suffix}`,
    // Of decimals it would round to their scale.
    median: ({ args, suffix }) => `median(${cast(args[0]!, 'double', 'number').text})${suffix}`,
  },
  windowed: () => true,
  writeSeries: (...period) => `unnest(${ansi.writeSeries(...period)})`,
}
