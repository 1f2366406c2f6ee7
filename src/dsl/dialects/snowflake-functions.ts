import { chooseOfBoth, createNumberFunctions, guard } from './ansi-functions.ts'
import type { Dialect, Fragment } from './dialect.ts'
import { atom, call, cast } from './fragments.ts'
import { datePattern, numberPattern, timestampPattern } from './text-patterns.ts'

const asDouble = (value: Fragment): Fragment =>
  value.isDouble ? value : { ...cast(value, 'double', 'number'), isDouble: true }

/** Its own test is of the whole text. */
const find = (text: string, pattern: string) => atom(`regexp_instr(${text}, ${pattern}) > 0`, 'boolean')

export const snowflakeFunctions = {
  ...createNumberFunctions(asDouble, { log10: (value) => `log(10, ${value})` }),
  least: chooseOfBoth('least'),
  greatest: chooseOfBoth('greatest'),
  matches: ([text, pattern]) => find(text!.text, pattern!.text),
  to_text: ([value]) => {
    if (value!.type === 'date') return atom(`to_char(${value!.text}, 'YYYY-MM-DD')`, 'text')
    return atom(`regexp_replace(to_varchar(round(${value!.text}, 10)::number(38, 10)), '[.]{0,1}0+$', '')`, 'text')
  },
  to_number: ([text]) =>
    guard(
      find(text!.text, `'${numberPattern}'`),
      atom(`try_to_double(trim(${text!.text}))`, 'number', { isDouble: true }),
    ),
  to_date: ([text]) =>
    guard(
      find(text!.text, `'${datePattern}'`),
      atom(`try_to_date(substr(${text!.text}, 1, 10), 'YYYY-MM-DD')`, 'date'),
    ),
  to_timestamp: ([text]) =>
    guard(
      find(text!.text, `'${timestampPattern}'`),
      atom(`try_to_timestamp_ntz(replace(replace(${text!.text}, 'T', ' '), 'Z', ''))`, 'timestamp'),
    ),
  day_of_year: call('dayofyear', 'number'),
  week_of_year: call('weekiso', 'number'),
  minute_of_hour: call('minute', 'number'),
} satisfies Partial<Dialect['scalars']>
