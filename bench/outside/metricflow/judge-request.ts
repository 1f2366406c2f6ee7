import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Rejection } from '../../../src/base/diagnostic.ts'
import { describeError } from '../../../src/base/failure.ts'
import { utcCalendar } from '../../../src/base/periods.ts'
import type { Catalog } from '../../../src/catalog/catalog.ts'
import { compile } from '../../../src/dsl/compile.ts'
import type { GoldQuestion } from '../../../src/llm/read-gold.ts'
import type { Warehouse } from '../../../src/warehouse/warehouse.ts'
import { findDifference } from '../compare-rows.ts'
import { limits } from '../run-gold.ts'

export const engines = ['duckdb', 'postgres'] as const
export type Engine = (typeof engines)[number]

/** A metric request with the SQL that is known to answer it. */
export interface Request {
  readonly id: string
  readonly family: string
  readonly manifest: string
  /** SQL by engine. */
  readonly gold: Readonly<Record<Engine, string>>
  /** Whether rows must stand in gold's order, in which none tie. */
  readonly isOrdered: boolean
}

interface RequestLine {
  readonly id: string
  readonly family: string
  readonly model: string
  readonly gold: Readonly<Record<Engine, string>>
  readonly check_order?: boolean
}

const manifests: Readonly<Record<string, string>> = {
  SIMPLE_MODEL: 'simple_manifest',
  SIMPLE_MODEL_NON_DS: 'non_sm_manifest',
  EXTENDED_DATE_MODEL: 'extended_date_manifest',
  UNPARTITIONED_MULTI_HOP_JOIN_MODEL: 'multi_hop_join_manifest',
  PARTITIONED_MULTI_HOP_JOIN_MODEL: 'partitioned_multi_hop_join_manifest',
  SCD_MODEL: 'scd_manifest',
}

export function readRequests(folder: string): readonly Request[] {
  const text = readFileSync(join(folder, 'metricflow_itest', 'questions.open.jsonl'), 'utf8')
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const { id, family, model, gold, check_order: isOrdered = false } = JSON.parse(line) as RequestLine
      return { id, family, manifest: manifests[model] ?? 'simple_manifest', gold, isOrdered }
    })
}

export interface Bench {
  readonly catalog: Catalog
  readonly warehouse: Warehouse
  readonly engine: Engine
  readonly showSql: boolean
}

/** Why an exploration is no answer to a request; undefined where one has the rows of gold. */
export async function judgeRequest(
  { gold, isOrdered }: Request,
  written: GoldQuestion | undefined,
  { catalog, warehouse, engine, showSql }: Bench,
): Promise<string | undefined> {
  if (!written) return 'not written'
  if (written.cannotAnswer !== undefined) return `cannot be asked: ${written.cannotAnswer}`
  let expected: Awaited<ReturnType<Warehouse['query']>>
  try {
    expected = await warehouse.query(gold[engine], [], limits)
  } catch (error) {
    return `gold cannot be run: ${describeError(error)}`
  }
  const groups = isOrdered ? expected.rows.map((row) => [row]) : [expected.rows]
  const wanted = { groups, limit: undefined, width: expected.columns.length }
  let first: string | undefined
  for (const text of written.variants) {
    const compiled = compile(text, { catalog, calendar: utcCalendar, asOf: '2025-06-18', dialect: engine })
    if (!compiled.ok) {
      first ??= new Rejection(compiled.diagnostics).message
      continue
    }
    if (showSql) console.log(compiled.value.sql, compiled.value.parameters)
    try {
      const { rows } = await warehouse.query(compiled.value.sql, compiled.value.parameters, limits)
      const difference = findDifference(wanted, rows)
      if (difference === undefined) return undefined
      first ??= difference
    } catch (error) {
      first ??= `the warehouse says: ${describeError(error)}`
    }
  }
  return first
}
