import { binding, type Dialect, type Fragment, type WriteScalar } from './dialect.ts'
import { atom, call, cast, compare, wrap, writeCase } from './fragments.ts'
import { datePattern, numberPattern, timestampPattern } from './text-patterns.ts'

export const nothing: Fragment = atom('NULL', null)
const zero: Fragment = { ...atom('0', 'number'), literal: 0 }

const asDouble = (value: Fragment): Fragment =>
  value.isDouble ? value : { ...cast(value, 'double precision', 'number'), isDouble: true }

const real = (text: string) => atom(text, 'number', { isDouble: true })
const test = (text: string) => atom(text, 'boolean')
const holds = (left: Fragment, operator: string, right: Fragment) => compare(operator)([left, right])

/** Functions that are the same on most engines, given what floating point is there; `others` are called otherwise. */
export function createNumberFunctions(
  toDouble: (value: Fragment) => Fragment,
  others: Readonly<Record<string, (value: string) => string>> = {},
) {
  const ofReal = (name: string, value: Fragment) =>
    real(others[name]?.(toDouble(value).text) ?? `${name}(${toDouble(value).text})`)
  const ofPositive =
    (name: string, operator: '>' | '>='): WriteScalar =>
    ([value]) => ({ ...writeCase([holds(value!, operator, zero), ofReal(name, value!), nothing]), isDouble: true })
  return {
    sign: call('sign', 'number'),
    power: writePower(toDouble),
    sqrt: ofPositive('sqrt', '>='),
    ln: ofPositive('ln', '>'),
    log10: ofPositive('log10', '>'),
    exp: ([value]: readonly Fragment[]) => ({
      ...writeCase([
        holds(value!, '>', atom('700', 'number')),
        nothing,
        holds(value!, '<', atom('-700', 'number')),
        zero,
        ofReal('exp', value!),
      ]),
      isDouble: true,
    }),
  } satisfies Partial<Dialect['scalars']>
}

/** Exponents up to this size ask for no number too large, of anything that people measure. */
const smallExponent = 10

/** Guarded only as far as the exponent may ask for what is no number, or for one that is too large or too near 0 (as in `exp`). */
const writePower =
  (toDouble: (value: Fragment) => Fragment): WriteScalar =>
  ([base, exponent]) => {
    const result = real(`power(${toDouble(base!).text}, ${toDouble(exponent!).text})`)
    const guard = (condition: Fragment): Fragment => ({ ...writeCase([condition, result, nothing]), isDouble: true })
    const { literal } = exponent!
    const [x, y] = [wrap(base!, binding.sum), wrap(exponent!, binding.sum)]
    if (typeof literal !== 'number' || Math.abs(literal) > smallExponent) {
      const isNumber = test(`${x} > 0 OR (${x} < 0 AND ${y} = floor(${exponent!.text})) OR (${x} = 0 AND ${y} >= 0)`)
      const size = `${wrap(toDouble(exponent!), binding.product)} * ln(nullif(abs(${toDouble(base!).text}), 0))`
      const sized = writeCase([test(`${size} > 700`), nothing, test(`${size} < -700`), zero, result])
      return { ...writeCase([isNumber, sized, nothing]), isDouble: true }
    }
    if (Number.isInteger(literal)) return literal >= 0 ? result : guard(holds(base!, '<>', zero))
    return guard(holds(base!, literal > 0 ? '>=' : '>', zero))
  }

/** Where the engine gives nothing when one of them is empty. */
export const chooseOfBoth =
  (name: 'least' | 'greatest'): WriteScalar =>
  ([left, right]) => {
    const both = `${name}(${left!.text}, ${right!.text})`
    return atom(`coalesce(${both}, ${left!.text}, ${right!.text})`, left!.type)
  }

const matches =
  (pattern: string): ((text: Fragment) => Fragment) =>
  (text) =>
    test(`${wrap(text, binding.sum)} ~ '${pattern}'`)

/** The value of a guarded conversion: nothing where the text is not of its form. */
export const guard = (condition: Fragment, value: Fragment): Fragment => writeCase([condition, value, nothing])

/** Postgres refuses the 30th of February; so the last day of the month is looked at first. */
function guardDay(text: Fragment, pattern: string, value: Fragment): Fragment {
  const lastDay = `extract(day FROM (substr(${text.text}, 1, 7) || '-01')::date + INTERVAL '1 month - 1 day')`
  return guard(matches(pattern)(text), guard(test(`substr(${text.text}, 9, 2)::int <= ${lastDay}`), value))
}

/** Functions that Postgres has, and some others. */
export const ansiFunctions = {
  ...createNumberFunctions(asDouble),
  least: ([left, right]) => atom(`least(${left!.text}, ${right!.text})`, left!.type),
  greatest: ([left, right]) => atom(`greatest(${left!.text}, ${right!.text})`, left!.type),
  md5: ([text]) => atom(`md5(${cast(text!, 'text', 'text').text})`, 'text'),
  split: ([text, separator, at]) =>
    atom(`nullif(split_part(${text!.text}, ${separator!.text}, ${at!.text}), '')`, 'text'),
  matches: compare('~'),
  to_text: ([value]) =>
    value!.type === 'date'
      ? cast(value!, 'text', 'text')
      : cast(atom(`trim_scale(round(${cast(value!, 'numeric', 'number').text}, 10))`, 'number'), 'text', 'text'),
  to_number: ([text]) => guard(matches(numberPattern)(text!), asDouble(text!)),
  to_date: ([text]) => guardDay(text!, datePattern, cast(atom(`substr(${text!.text}, 1, 10)`, 'text'), 'date', 'date')),
  to_timestamp: ([text]) =>
    guardDay(text!, timestampPattern, cast(atom(`replace(${text!.text}, 'Z', '')`, 'text'), 'timestamp', 'timestamp')),
} satisfies Partial<Dialect['scalars']>
