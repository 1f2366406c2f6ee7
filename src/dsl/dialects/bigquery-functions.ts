import { chooseOfBoth, createNumberFunctions, guard } from './ansi-functions.ts'
import type { Dialect, Fragment } from './dialect.ts'
import { atom, call } from './fragments.ts'
import { datePattern, numberPattern, timestampPattern } from './text-patterns.ts'

const asDouble = (value: Fragment): Fragment =>
  value.isDouble ? value : atom(`CAST(${value.text} AS FLOAT64)`, 'number', { isDouble: true })

const isLike = (text: string, pattern: string) => atom(`REGEXP_CONTAINS(${text}, '${pattern}')`, 'boolean')

/** Nothing where the text is no such value. */
const read = (text: string, typeName: string, type: Fragment['type']) =>
  atom(`SAFE_CAST(${text} AS ${typeName})`, type, typeName === 'FLOAT64' ? { isDouble: true } : {})

export const bigqueryFunctions = {
  ...createNumberFunctions(asDouble),
  least: chooseOfBoth('least'),
  greatest: chooseOfBoth('greatest'),
  md5: ([text]) => atom(`TO_HEX(MD5(${text!.text}))`, 'text'),
  split: ([text, separator, at]) =>
    atom(`NULLIF(SPLIT(${text!.text}, ${separator!.text})[SAFE_OFFSET(${Number(at!.text) - 1})], '')`, 'text'),
  matches: call('REGEXP_CONTAINS', 'boolean'),
  to_text: ([value]) =>
    value!.type === 'date'
      ? atom(`FORMAT_DATE('%F', ${value!.text})`, 'text')
      : atom(`REGEXP_REPLACE(FORMAT('%.10f', ${value!.text}), '[.]{0,1}0+$', '')`, 'text'),
  to_number: ([text]) => guard(isLike(text!.text, numberPattern), read(`TRIM(${text!.text})`, 'FLOAT64', 'number')),
  to_date: ([text]) => guard(isLike(text!.text, datePattern), read(`SUBSTR(${text!.text}, 1, 10)`, 'DATE', 'date')),
  to_timestamp: ([text]) => guard(isLike(text!.text, timestampPattern), read(text!.text, 'TIMESTAMP', 'timestamp')),
  day_of_year: ([value]) => atom(`EXTRACT(DAYOFYEAR FROM ${value!.text})`, 'number'),
  week_of_year: ([value]) => atom(`EXTRACT(ISOWEEK FROM ${value!.text})`, 'number'),
  minute_of_hour: ([value]) => atom(`EXTRACT(MINUTE FROM ${value!.text})`, 'number'),
} satisfies Partial<Dialect['scalars']>
