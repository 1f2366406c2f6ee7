import { readDecimal, readFloat, readInstant, readWhole } from './cells.ts'
import type { Cell } from './warehouse.ts'

const instant = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?\s*(?:Z|([+-])(\d\d):?(\d\d))?$/

/** `2024-03-31 03:00:00.125000 +0200`, in UTC. */
function readInstantWithOffset(text: string): string {
  const match = instant.exec(text)
  if (!match) return text
  const [, date, clock, fraction = '', sign = '+', hours = '0', minutes = '0'] = match
  const seconds = BigInt(Date.parse(`${date}T${clock}Z`)) * 1000n
  const offset = BigInt(Number(hours) * 60 + Number(minutes)) * 60_000_000n * (sign === '-' ? -1n : 1n)
  return readInstant(seconds + BigInt(fraction.padEnd(6, '0').slice(0, 6)) - offset)
}

const readFixed = (text: string): Cell => (/^-?\d+$/.test(text) ? readWhole(BigInt(text)) : readDecimal(text))

/** How cells of a column of Snowflake's `type` are read, which all arrive as text but for booleans. */
export function readSnowflakeCell(type: string, value: unknown): Cell {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean') return value
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  if (type === 'fixed') return readFixed(text)
  if (type === 'real') return readFloat(Number(text))
  if (type === 'boolean') return text.toLowerCase() === 'true' || text === '1'
  return type.startsWith('timestamp') ? readInstantWithOffset(text) : text
}
