import { readDecimal, readFloat, readInstant, readInstantText, readWhole } from './cells.ts'
import type { Cell } from './warehouse.ts'

/** Values that the client wraps: days, instants and whole numbers as `{ value }`, decimals as something that writes itself. */
const unwrap = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'value' in value ? String(value.value) : String(value)

/** Seconds since 1970, maybe with an exponent, as the service writes instants when it is not asked for more. */
const isNumber = (text: string): boolean => /^-?\d+(\.\d+)?(E[+-]?\d+)?$/i.test(text)

function readTimestamp(text: string): string {
  if (isNumber(text)) return readInstant(BigInt(Math.round(Number(text) * 1e6)))
  return readInstantText(text.replace('T', ' ').replace(/(?:Z|\+00(?::00)?| UTC)$/, ''))
}

/** A cell of a column of BigQuery's `type`. */
export function readBigqueryCell(type: string, value: unknown): Cell {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean') return value
  const text = unwrap(value)
  switch (type) {
    case 'INTEGER':
    case 'INT64':
      return readWhole(BigInt(text))
    case 'FLOAT':
    case 'FLOAT64':
      return readFloat(Number(text))
    case 'NUMERIC':
    case 'BIGNUMERIC':
      return readDecimal(text)
    case 'BOOLEAN':
    case 'BOOL':
      return text === 'true'
    case 'TIMESTAMP':
    case 'DATETIME':
      return readTimestamp(text)
    default:
      return text
  }
}
