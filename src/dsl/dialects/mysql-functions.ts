import { guard } from './ansi-functions.ts'
import { binding, type Dialect, type Fragment } from './dialect.ts'
import { atom, call, compare, wrap, writeCase } from './fragments.ts'
import { datePattern, numberPattern, timestampPattern } from './text-patterns.ts'

const isLike = (text: Fragment, pattern: string) => atom(`${wrap(text, binding.sum)} REGEXP '${pattern}'`, 'boolean')

/** A cast of a text that is no such value gives nothing, as that of the 30th of February. */
const castTo = (text: string, typeName: string, type: Fragment['type']): Fragment =>
  atom(`CAST(${text} AS ${typeName})`, type, typeName === 'DOUBLE' ? { isDouble: true } : {})

export const mysqlFunctions = {
  // Of the parts up to the n-th it takes the last; where there are fewer, that is another.
  split: ([text, separator, at]) => {
    const [x, cut] = [text!.text, separator!.text]
    const cuts = `(CHAR_LENGTH(${x}) - CHAR_LENGTH(replace(${x}, ${cut}, ''))) / CHAR_LENGTH(${cut})`
    const part = `nullif(SUBSTRING_INDEX(SUBSTRING_INDEX(${x}, ${cut}, ${at!.text}), ${cut}, -1), '')`
    return writeCase([atom(`${cuts} >= ${Number(at!.text) - 1}`, 'boolean'), atom(part, 'text'), atom('NULL', null)])
  },
  md5: call('md5', 'text'),
  matches: compare('REGEXP'),
  to_text: ([value]) => {
    if (value!.type === 'date') return atom(`DATE_FORMAT(${value!.text}, '%Y-%m-%d')`, 'text')
    const exact = `CAST(CAST(${value!.text} AS DECIMAL(65, 10)) AS CHAR)`
    return atom(`TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM ${exact}))`, 'text')
  },
  to_number: ([text]) => guard(isLike(text!, numberPattern), castTo(text!.text, 'DOUBLE', 'number')),
  to_date: ([text]) => guard(isLike(text!, datePattern), castTo(`LEFT(${text!.text}, 10)`, 'DATE', 'date')),
  to_timestamp: ([text]) =>
    guard(isLike(text!, timestampPattern), castTo(`replace(${text!.text}, 'Z', '')`, 'DATETIME(6)', 'timestamp')),
} satisfies Partial<Dialect['scalars']>
