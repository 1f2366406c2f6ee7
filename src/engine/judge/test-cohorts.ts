import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { invariant } from '../../base/invariant.ts'
import { daysBetween } from '../../base/periods.ts'
import type { StoredVerdict } from '../../findings/finding.ts'
import { buildCohorts } from '../../hypotheses/cohorts/build-cohorts.ts'
import { listReturns, type Returning } from '../../hypotheses/cohorts/find-returns.ts'

import { cohortColumns, writeCohortTest } from '../../hypotheses/cohorts/write-cohort-test.ts'
import { cutByValue } from '../../hypotheses/cut-by-value.ts'
import type { Hypothesis, SharedScan, Slice } from '../../hypotheses/hypothesis.ts'
import { sliceShareMax, sliceShareMin } from '../../hypotheses/limits.ts'
import { makeHypothesis } from '../../hypotheses/make-hypothesis.ts'
import { listScanPeriods } from '../../hypotheses/series/scan-table.ts'
import { templates } from '../../hypotheses/templates/index.ts'
import { type CohortTemplate, listTemplatesOf } from '../../hypotheses/templates/template.ts'
import type { QueryResult } from '../ask/run-exploration.ts'
import type { EngineContext } from '../context.ts'
import { type OwnRowsTested, readOwnRows } from '../scan/read-own-rows.ts'
import { judgeCohorts } from './judge-cohorts.ts'

/** Fewest members of all cohorts of a value for it to be asked about. */
const membersMin = 100

/** Asks of all that began, or of each value of a field, whether the later cohorts come back as the earlier ones did: one query for all of them. */
export async function testCohorts(
  context: EngineContext,
  scan: SharedScan,
  seed: number,
  signal?: AbortSignal,
): Promise<OwnRowsTested> {
  const returning = listReturns(context.catalog).find(({ model }) => model === scan.model)
  invariant(returning, `\`${scan.model}\` comes back, as when its cohorts were planned`)
  const result = await readOwnRows(context, scan, 'Cut it by a field with fewer values.', signal)
  const began = performance.now()
  const [field] = scan.dimensions
  const groups =
    field === undefined ? [{ slice: [], rows: result.rows }] : cutByValue(result, field, cohortColumns.value)
  const sizes = groups.map(({ rows }) => countMembers({ ...result, rows }))
  const all = sizes.reduce((sum, size) => sum + size, 0)
  const isAsked = (at: number) =>
    field === undefined ||
    (sizes[at]! >= membersMin && sizes[at]! >= sliceShareMin * all && sizes[at]! <= sliceShareMax * all)
  const asked = groups.filter((_, at) => isAsked(at))
  const verdicts: StoredVerdict[] = []
  for (const { slice, rows } of asked) {
    verdicts.push(...judgeSlice(context, { scan, returning, seed }, slice, { ...result, rows }))
    await yieldToOthers()
    signal?.throwIfAborted()
  }
  const detectMs = performance.now() - began
  return { verdicts, series: 0, leftOut: groups.length - asked.length, warehouseMs: result.ms, detectMs }
}

const placeOf = ({ columns }: Pick<QueryResult, 'columns'>, name: string): number =>
  columns.findIndex((column) => column.name === name)

function countMembers(result: QueryResult): number {
  const [age, size] = [placeOf(result, cohortColumns.age), placeOf(result, cohortColumns.size)]
  return result.rows.reduce((sum, row) => sum + (Number(row[age]) === 0 ? Number(row[size]) : 0), 0)
}

interface Asked {
  readonly scan: SharedScan
  readonly returning: Returning
  readonly seed: number
}

function judgeSlice(
  { catalog, calendar }: EngineContext,
  { scan, returning, seed }: Asked,
  slice: Slice,
  result: QueryResult,
): readonly StoredVerdict[] {
  const periods = listScanPeriods(scan, calendar).length
  const cohorts = buildCohorts({ ...result, ...cohortColumns }, scan.grain, calendar)
  const volume = countMembers(result) / periods
  const permuteSeed = seed + daysBetween('1970-01-01', scan.to)
  return listTemplatesOf(templates, 'cohorts', catalog, returning).flatMap((template): StoredVerdict[] => {
    const hypothesis = write(catalog, { scan, returning, slice, periods }, template)
    const common = { hypothesis, scan: scan.id, kind: 'ratio' as const, volume }
    return [
      { ...common, ...judgeCohorts(cohorts, {}) },
      { ...common, ...judgeCohorts(cohorts, {}, permuteSeed), isReplicate: true },
    ]
  })
}

interface Written extends Pick<Asked, 'scan' | 'returning'> {
  readonly slice: Slice
  readonly periods: number
}

function write(
  catalog: EngineContext['catalog'],
  { scan, returning, slice, periods }: Written,
  template: CohortTemplate,
): Hypothesis {
  const history = { grain: scan.grain, periods, today: scan.to }
  const text = writeCohortTest(catalog, { returning, history, slice })
  const { name, measure, ...subject } = returning.subject
  return makeHypothesis({
    template: template.name,
    metric: { model: scan.model, name, measure },
    slice,
    detector: 'retention_shift',
    grain: scan.grain,
    text,
    subject,
    statement: template.state(subject.label, slice),
  })
}
