import type { ColumnType } from '../plan/plan.ts'
import { measureDigits } from '../tree/exact-number.ts'
import { binding, type Fragment, type WriteScalar } from './dialect.ts'

type Extra = Pick<Fragment, 'neverEmpty' | 'isDouble'>

/** Text of `fragment`, in parentheses when it holds together less tightly than `binds` asks for. */
export function wrap(fragment: Fragment, binds: number): string {
  return fragment.binds < binds ? `(${fragment.text})` : fragment.text
}

export const atom = (text: string, type: ColumnType | null, extra?: Extra): Fragment => ({
  text,
  binds: binding.atom,
  type,
  ...extra,
})

export const listTexts = (fragments: readonly Fragment[]): string => fragments.map(({ text }) => text).join(', ')

/** `f(a, b)`. */
export const call =
  (name: string, type: ColumnType, extra?: Extra): WriteScalar =>
  (args) =>
    atom(`${name}(${listTexts(args)})`, type, extra)

/** `a + b`; only the left side may be another of the same strength. */
export function infix(operator: string, binds: number, type: ColumnType, extra?: Extra): WriteScalar {
  return ([left, right]) => ({
    text: `${wrap(left!, binds)} ${operator} ${wrap(right!, binds + 1)}`,
    binds,
    type,
    ...extra,
  })
}

/** `a AND b AND c`. */
export function chain(operator: 'AND' | 'OR'): WriteScalar {
  const binds = operator === 'AND' ? binding.and : binding.or
  return (args) => ({ text: args.map((arg) => wrap(arg, binds)).join(` ${operator} `), binds, type: 'boolean' })
}

/** `a < b`: neither side may be another comparison. */
export const compare =
  (operator: string, extra?: Extra): WriteScalar =>
  ([left, right]) => ({
    text: `${wrap(left!, binding.sum)} ${operator} ${wrap(right!, binding.sum)}`,
    binds: binding.compare,
    type: 'boolean',
    ...extra,
  })

/** `x::date`. */
export const cast = (value: Fragment, typeName: string, type: ColumnType): Fragment => ({
  text: `${wrap(value, binding.postfix)}::${typeName}`,
  binds: binding.postfix,
  type,
})

/**
 * `a::double precision + b`. Engines add whole numbers within the width of their columns, and 32 bits overflow soon. One side as double
 * makes the result one; whole numbers stay exact up to 2^53.
 */
export function arithmetic(operator: string, binds: number, asDouble: (value: Fragment) => Fragment): WriteScalar {
  const write = infix(operator, binds, 'number', { isDouble: true })
  return ([left, right]) => {
    if (left!.isDouble || right!.isDouble) return write([left!, right!])
    return left!.literal === undefined ? write([asDouble(left!), right!]) : write([left!, asDouble(right!)])
  }
}

/**
 * `0::numeric + a + b`: an exact nought in front takes whole numbers and decimals to the engine's widest exact type, in which they neither
 * overflow nor lose a digit, and leaves floating point floating. What begins with one already needs no other.
 */
export function addition(operator: '+' | '-', nought: string): WriteScalar {
  const write = infix(operator, binding.sum, 'number')
  return ([left, right]) => {
    const isDouble = left!.isDouble === true || right!.isDouble === true
    if (isDouble || left!.text.startsWith(nought)) return { ...write([left!, right!]), isDouble }
    return write([{ text: `${nought} + ${wrap(left!, binding.product)}`, binds: binding.sum, type: 'number' }, right!])
  }
}

/** `CASE WHEN … THEN … ELSE … END`; an `ELSE NULL` goes without saying. */
export const writeCase: WriteScalar = (args) => {
  const branches = args.slice(0, -1)
  const otherwise = args.at(-1)!
  const parts: string[] = []
  for (let at = 0; at < branches.length; at += 2)
    parts.push(`WHEN ${branches[at]!.text} THEN ${branches[at + 1]!.text}`)
  if (otherwise.type !== null) parts.push(`ELSE ${otherwise.text}`)
  const type = args.find((arg, at) => (at % 2 === 1 || at === args.length - 1) && arg.type !== null)?.type ?? null
  return atom(`CASE ${parts.join(' ')} END`, type)
}

/** `DECIMAL(20, 3)`: as wide as the digits of a number need. */
export function writeDecimal(typeName: string, digits: string): string {
  const { precision, scale } = measureDigits(digits)
  return `${typeName}(${precision}, ${scale})`
}

/** `x` that is empty instead of zero, so that a division by it is. */
export function emptyIfZero(divisor: Fragment): Fragment {
  if (typeof divisor.literal === 'number' && divisor.literal !== 0) return divisor
  return atom(`nullif(${divisor.text}, 0)`, 'number')
}
