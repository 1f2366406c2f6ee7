import type { Cell } from './warehouse.ts'

const dayMs = 86_400_000

/** A whole number: as a number while it is exact, as text beyond. */
export function readWhole(value: bigint): Cell {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value.toString()
}

/** A floating-point number; what is no number (NaN, infinity) is empty, since JSON has no word for it. */
export const readFloat = (value: number): Cell => (Number.isFinite(value) ? value + 0 : null)

/** `12.50` as written, without the zeros at its end and beginning. */
function trimZeros(text: string): string {
  const [, sign = '', whole = '0', fraction = ''] = /^([+-]?)0*(\d+)(?:\.(\d*?)0*)?$/.exec(text) ?? [text, '', text]
  return `${sign === '-' ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`
}

/** A decimal as an engine writes it: as a number unless that would lose digits. */
export function readDecimal(text: string): Cell {
  const value = Number(text)
  if (!Number.isFinite(value)) return null
  // Up to 15 digits survive the way to a double and back.
  if (text.length <= 15) return value + 0
  const exact = trimZeros(text)
  if (/^-?\d+$/.test(exact)) return readWhole(BigInt(exact))
  return String(value) === exact ? value + 0 : exact
}

/** `value` / 10^`scale`. */
export function readScaled(value: bigint, scale: number): Cell {
  if (value < 1_000_000_000_000_000n && value > -1_000_000_000_000_000n) return Number(value) / 10 ** scale
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0')
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
  return readDecimal(value < 0n ? `-${text}` : text)
}

/** Days by number since 1970, remembered: a result has few of them, each many times. */
const days = new Map<number, string>()

/** `2024-03-31` of a day counted from 1970-01-01. */
export function readDay(day: number): string {
  let text = days.get(day)
  if (text === undefined) {
    const date = new Date(day * dayMs)
    text = Number.isNaN(date.getTime()) ? (day > 0 ? 'infinity' : '-infinity') : date.toISOString().split('T')[0]!
    if (days.size > 100_000) days.clear()
    days.set(day, text)
  }
  return text
}

const pad = (value: number, width: number) => String(value).padStart(width, '0')

/** `2024-03-31T01:00:00Z` of microseconds since 1970, with as much of the second as is not zero. */
export function readInstant(micros: bigint): string {
  const seconds = Number(micros / 1_000_000n)
  let rest = Number(micros % 1_000_000n)
  let whole = seconds
  if (rest < 0) {
    rest += 1_000_000
    whole -= 1
  }
  const day = Math.floor(whole / 86_400)
  const inDay = whole - day * 86_400
  const date = readDay(day)
  if (date.endsWith('infinity')) return date
  const clock = `${pad(Math.floor(inDay / 3600), 2)}:${pad(Math.floor(inDay / 60) % 60, 2)}:${pad(inDay % 60, 2)}`
  const fraction = rest === 0 ? '' : `.${rest % 1000 === 0 ? pad(rest / 1000, 3) : pad(rest, 6)}`
  return `${date}T${clock}${fraction}Z`
}

/** An instant as Postgres writes it in UTC: `2024-03-31 01:00:00.5+00`. */
export function readInstantText(text: string): string {
  const match = /^(\d{4,}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?(?:\+00)?$/.exec(text)
  if (!match) return text
  const [, date, clock, fraction = ''] = match
  const micros = fraction.padEnd(6, '0').slice(0, 6)
  return `${date}T${clock}${/^0*$/.test(fraction) ? '' : `.${micros.endsWith('000') ? micros.slice(0, 3) : micros}`}Z`
}
