import { type DuckDBType, DuckDBTypeId, type DuckDBValue } from '@duckdb/node-api'
import { readDay, readFloat, readInstant, readScaled, readWhole } from './cells.ts'
import type { Cell } from './warehouse.ts'

type Read = (value: never) => Cell

const readers: Partial<Record<DuckDBTypeId, Read>> = {
  [DuckDBTypeId.BOOLEAN]: (value: boolean) => value,
  [DuckDBTypeId.TINYINT]: (value: number) => value,
  [DuckDBTypeId.SMALLINT]: (value: number) => value,
  [DuckDBTypeId.INTEGER]: (value: number) => value,
  [DuckDBTypeId.UTINYINT]: (value: number) => value,
  [DuckDBTypeId.USMALLINT]: (value: number) => value,
  [DuckDBTypeId.UINTEGER]: (value: number) => value,
  [DuckDBTypeId.BIGINT]: readWhole,
  [DuckDBTypeId.UBIGINT]: readWhole,
  [DuckDBTypeId.HUGEINT]: readWhole,
  [DuckDBTypeId.UHUGEINT]: readWhole,
  [DuckDBTypeId.BIGNUM]: readWhole,
  [DuckDBTypeId.FLOAT]: readFloat,
  [DuckDBTypeId.DOUBLE]: readFloat,
  [DuckDBTypeId.DECIMAL]: (value: { value: bigint; scale: number }) => readScaled(value.value, value.scale),
  [DuckDBTypeId.VARCHAR]: (value: string) => value,
  [DuckDBTypeId.ENUM]: (value: string) => value,
  [DuckDBTypeId.DATE]: (value: { days: number }) => readDay(value.days),
  [DuckDBTypeId.TIMESTAMP]: (value: { micros: bigint }) => readInstant(value.micros),
  [DuckDBTypeId.TIMESTAMP_TZ]: (value: { micros: bigint }) => readInstant(value.micros),
  [DuckDBTypeId.TIMESTAMP_S]: (value: { seconds: bigint }) => readInstant(value.seconds * 1_000_000n),
  [DuckDBTypeId.TIMESTAMP_MS]: (value: { millis: bigint }) => readInstant(value.millis * 1000n),
  [DuckDBTypeId.TIMESTAMP_NS]: (value: { nanos: bigint }) => readInstant(value.nanos / 1000n),
}

/** How cells of a column of `type` are read; lists, structs and the like become their text. */
export function readerOf(type: DuckDBType): (value: DuckDBValue) => Cell {
  const read = readers[type.typeId] ?? ((value: DuckDBValue) => String(value))
  return (value) => (value === null ? null : read(value as never))
}
