import mysql, { type FieldPacket } from 'mysql2'
import type { ColumnType } from '../dsl/plan/plan.ts'
import { readDecimal, readFloat, readInstantText, readWhole } from './cells.ts'
import type { Cell } from './warehouse.ts'

// A getter of a CommonJS module, which has no name of its own to import.
const { Types } = mysql

type Raw = string | number | Buffer
type Read = (value: Raw) => Cell

const readWholeText: Read = (value) => readWhole(BigInt(String(value)))
/** A day or instant that is none, as `0000-00-00`, is empty. */
const readTime =
  (read: (text: string) => string): Read =>
  (value) =>
    /^\d{4}-00|-00(?: |$)|^0000/.test(String(value)) ? null : read(String(value))

const readBits: Read = (value) =>
  Buffer.isBuffer(value) ? readWhole(BigInt(`0x${value.toString('hex') || '0'}`)) : Number(value)

const readers: Readonly<Record<number, Read>> = {
  [Types.TINY]: Number,
  [Types.SHORT]: Number,
  [Types.INT24]: Number,
  [Types.LONG]: Number,
  [Types.YEAR]: Number,
  [Types.LONGLONG]: readWholeText,
  [Types.FLOAT]: (value) => readFloat(Number(Number(value).toPrecision(7))),
  [Types.DOUBLE]: (value) => readFloat(Number(value)),
  [Types.DECIMAL]: (value) => readDecimal(String(value)),
  [Types.NEWDECIMAL]: (value) => readDecimal(String(value)),
  [Types.DATE]: readTime((text) => text),
  [Types.NEWDATE]: readTime((text) => text),
  [Types.DATETIME]: readTime(readInstantText),
  [Types.TIMESTAMP]: readTime(readInstantText),
  [Types.BIT]: readBits,
}

/** Bytes that are no text, as Postgres would show them. */
const readText: Read = (value) => (Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : String(value))

const isBoolean = ({ columnType, columnLength }: FieldPacket): boolean =>
  (columnType === Types.TINY || columnType === Types.BIT) && columnLength === 1

/**
 * How cells of a column are read. The engine has no booleans: `type`, where the plan knows it, tells them from numbers, else the width of a
 * `BOOLEAN` as it is declared.
 */
export function readerOf(field: FieldPacket, type: ColumnType | undefined): (value: Raw | null) => Cell {
  const read = (field.columnType === undefined ? undefined : readers[field.columnType]) ?? readText
  const isFlag = type === undefined ? isBoolean(field) : type === 'boolean'
  if (isFlag)
    return (value) => {
      const cell = value === null ? null : read(value)
      return typeof cell === 'number' ? cell !== 0 : cell
    }
  return (value) => (value === null ? null : read(value))
}
