/** A number as it stands in trees: a number where that loses nothing, else its digits, as `9007199254740993` or `-0.1234567890123456789`. */
export type ExactNumber = number | string

/** What every engine has decimals for. */
export const digitsMax = 38

interface Decimal {
  readonly isNegative: boolean
  /** Without zeros at either end; empty for 0. */
  readonly digits: string
  /** How many places the point lies behind the first of `digits`. */
  readonly point: number
}

function readDecimal(text: string): Decimal | undefined {
  const [, sign, whole = '', fraction = '', exponent = '0'] =
    /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,6}))?$/.exec(text) ?? []
  if (sign === undefined || whole + fraction === '') return undefined
  const all = whole + fraction
  const digits = all.replace(/^0+/, '').replace(/0+$/, '')
  const leading = all.length - all.replace(/^0+/, '').length
  return {
    isNegative: sign === '-' && digits !== '',
    digits,
    point: digits === '' ? 0 : whole.length - leading + Number(exponent),
  }
}

const isEqual = (a: Decimal, b: Decimal): boolean =>
  a.digits === b.digits && a.point === b.point && a.isNegative === b.isNegative

/** Without exponent; the digits that are there are at most those that an engine holds. */
function writePlain({ isNegative, digits, point }: Decimal): string | undefined {
  const length = Math.max(point, 0) + Math.max(digits.length - point, 0)
  if (length > digitsMax) return undefined
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0'
  const fraction = point > 0 ? digits.slice(point) : '0'.repeat(-point) + digits
  return `${isNegative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

/**
 * The number that a text writes, `12.5`, `1e6`, its point moved by `places`; undefined where it has more digits than engines hold, or is
 * beyond what floating point reaches.
 */
export function readExact(text: string, places = 0): ExactNumber | undefined {
  const read = readDecimal(text)
  if (!read) return undefined
  const decimal = read.digits === '' ? read : { ...read, point: read.point + places }
  const number = Number(`${decimal.isNegative ? '-' : ''}0.${decimal.digits || '0'}e${decimal.point}`)
  const written = readDecimal(String(number))
  if (written && isEqual(written, decimal)) return number + 0
  return writePlain(decimal)
}

/** The number as it is bound: whole ones beyond 2^53 as digits, so that no engine takes them for floating point. */
export function bindExact(value: ExactNumber): ExactNumber {
  if (typeof value === 'string' || !Number.isInteger(value) || Number.isSafeInteger(value)) return value
  const decimal = readDecimal(String(value))
  return (decimal && writePlain(decimal)) ?? value
}

export const negateExact = (value: ExactNumber): ExactNumber =>
  typeof value === 'number' ? 0 - value : value.startsWith('-') ? value.slice(1) : `-${value}`

/** Below 0 where `a` is the smaller. */
export function compareExact(a: ExactNumber, b: ExactNumber): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const [left, right] = [a, b].map((one) => readDecimal(String(one)))
  if (!left || !right) return Number(a) - Number(b)
  const places = Math.max(left.digits.length - left.point, right.digits.length - right.point, 0)
  const scale = ({ isNegative, digits, point }: Decimal) =>
    BigInt(`${isNegative ? '-' : ''}${(digits || '0').padEnd(Math.max(point + places, 1), '0')}`)
  const [x, y] = [scale(left), scale(right)]
  return x < y ? -1 : x > y ? 1 : 0
}

/** How many digits a number's text has in all, and how many behind the point. */
export function measureDigits(text: string): { readonly precision: number; readonly scale: number } {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.')
  return { precision: Math.max(whole.replace(/^0+/, '').length + fraction.length, 1), scale: fraction.length }
}

/** Whether a whole number fits into 64 bits. */
export function isLong(text: string): boolean {
  if (text.includes('.')) return false
  const value = BigInt(text)
  return value >= -(2n ** 63n) && value < 2n ** 63n
}
