import { createNumberFunctions, guard } from './ansi-functions.ts'
import type { Dialect, Fragment, WriteScalar } from './dialect.ts'
import { atom, call } from './fragments.ts'
import { datePattern, numberPattern, timestampPattern } from './text-patterns.ts'

const isLike = (text: string, pattern: string) => atom(`match(${text}, '${pattern}')`, 'boolean')

const chooseOf =
  (name: 'least' | 'greatest', alike: (values: readonly Fragment[]) => readonly Fragment[]): WriteScalar =>
  (args) => {
    const [left, right] = alike(args)
    const both = `${name}(${left!.text}, ${right!.text})`
    return atom(`coalesce(${both}, ${left!.text}, ${right!.text})`, left!.type)
  }

/** Its days end with 2299; and it takes the 30th of February for a day of March. */
const writeDay = (text: string, value: Fragment): Fragment => {
  const day = `substring(${text}, 1, 10)`
  return guard(
    atom(`${isLike(text, datePattern).text} AND toString(toDate32OrNull(${day})) = ${day}`, 'boolean'),
    value,
  )
}

export const clickhouseFunctions = (
  asDouble: (value: Fragment) => Fragment,
  alike: (values: readonly Fragment[]) => readonly Fragment[],
) =>
  ({
    ...createNumberFunctions(asDouble),
    least: chooseOf('least', alike),
    greatest: chooseOf('greatest', alike),
    md5: ([text]) => atom(`lower(hex(MD5(${text!.text})))`, 'text'),
    split: ([text, separator, at]) =>
      atom(
        `nullIf(arrayElement(splitByString(${separator!.text}, ifNull(${text!.text}, '')), ${at!.text}), '')`,
        'text',
      ),
    matches: call('match', 'boolean'),
    to_text: ([value]) =>
      value!.type === 'date'
        ? atom(`toString(${value!.text})`, 'text')
        : atom(`toString(round(toDecimal256OrNull(toString(${value!.text}), 30), 10))`, 'text'),
    to_number: ([text]) =>
      guard(
        isLike(text!.text, numberPattern),
        atom(`toFloat64OrNull(trimBoth(${text!.text}))`, 'number', { isDouble: true }),
      ),
    to_date: ([text]) => writeDay(text!.text, atom(`toDate32OrNull(substring(${text!.text}, 1, 10))`, 'date')),
    to_timestamp: ([text]) => {
      const value = atom(`parseDateTime64BestEffortOrNull(${text!.text}, 6, 'UTC')`, 'timestamp')
      return guard(isLike(text!.text, timestampPattern), writeDay(text!.text, value))
    },
  }) satisfies Partial<Dialect['scalars']>
