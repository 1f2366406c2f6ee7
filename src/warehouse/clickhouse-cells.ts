import { readDecimal, readFloat, readInstantText, readWhole } from './cells.ts'
import type { Cell } from './warehouse.ts'

type Read = (value: unknown) => Cell

const readText: Read = (value) => (typeof value === 'string' ? value : JSON.stringify(value))

/** ClickHouse writes as many digits of the second as the column's type has. */
const readInstant: Read = (value) => {
  const [, date, clock, fraction = ''] = /^(\S+)T([\d:]+)(?:\.(\d+))?Z$/.exec(String(value)) ?? []
  if (date === undefined) return String(value)
  const kept = fraction.slice(0, 6).replace(/0+$/, '')
  return readInstantText(`${date} ${clock}${kept && `.${kept}`}`)
}

/** How cells are read, by how their type begins; others are text, and what holds several values is JSON. */
const readers: readonly (readonly [RegExp, Read])[] = [
  [/^U?Int(8|16|32)$/, (value) => Number(value)],
  [/^U?Int\d+$/, (value) => readWhole(BigInt(String(value)))],
  [/^B?Float/, (value) => readFloat(Number(value))],
  [/^Decimal/, (value) => readDecimal(String(value))],
  [/^Bool$/, (value) => value === true],
  [/^DateTime/, readInstant],
]

/** `Int64` of `LowCardinality(Nullable(Int64))`: what a column holds, whatever is wrapped around it. */
export function unwrapType(type: string): string {
  const inner = /^(?:Nullable|LowCardinality)\((.*)\)$/s.exec(type)?.[1]
  if (inner !== undefined) return unwrapType(inner)
  const aggregated = /^SimpleAggregateFunction\(\w+(?:\([^)]*\))?, (.*)\)$/s.exec(type)?.[1]
  return aggregated === undefined ? type : unwrapType(aggregated)
}

/** The reader of a column of `type`, for values as ClickHouse writes them in JSON with long numbers in quotes and instants in ISO 8601. */
export function chooseReader(type: string): Read {
  const inner = unwrapType(type)
  const read = readers.find(([pattern]) => pattern.test(inner))?.[1] ?? readText
  return (value) => (value === null || value === undefined ? null : read(value))
}
