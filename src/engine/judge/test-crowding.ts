import type { Catalog, Metric } from '../../catalog/catalog.ts'
import type { Detector } from '../../detectors/detector.ts'
import { divergence } from '../../detectors/divergence.ts'
import type { StoredVerdict } from '../../findings/finding.ts'
import type { Hypothesis } from '../../hypotheses/hypothesis.ts'
import { makeHypothesis } from '../../hypotheses/make-hypothesis.ts'
import type { PeriodMarks } from '../../hypotheses/series/build-series.ts'
import type { MeasureShape } from '../../hypotheses/series/measure-shape.ts'
import { shapeKey } from '../../hypotheses/series/plan-scans.ts'
import type { ScanTable } from '../../hypotheses/series/scan-table.ts'
import { shapeMetrics } from '../../hypotheses/series/shape-metrics.ts'
import { labelMember } from '../../hypotheses/write/write-standing.ts'
import { type TableSubject, writeTableTest } from '../../hypotheses/write/write-table-test.ts'
import { type JudgedMember, judgeOneByOne } from './judge-one-by-one.ts'
import { judgeTable } from './judge-table.ts'
import { isCountedTwice } from './test-siblings.ts'

/** Rows of a value, below which any two of them would make a stretch: nothing is asked about it. */
const rowsMin = 12

/**
 * Asks of every value of a table's field whether its rows crowd into a stretch of time, where the model is looked at as a whole: rows are then
 * taken as independent of each other, as when values are compared with their siblings.
 */
export function testCrowding(catalog: Catalog, table: ScanTable, marks: PeriodMarks): readonly StoredVerdict[] {
  const { scan } = table
  const model = catalog.models[scan.model]
  if (!model?.portrait || scan.dimensions.length !== 1) return []
  const shapes = shapeMetrics(catalog)
  return scan.metrics.flatMap((name) => {
    const metric = model.metrics[name]
    const shape = metric && shapes[shapeKey(metric)]
    if (!metric || shape?.kind !== 'count' || isCountedTwice(model, metric)) return []
    return testField({ catalog, table, marks, metric, shape })
  })
}

const addUp = (rows: Float64Array): number => rows.reduce((all, x) => all + (Number.isFinite(x) ? x : 0), 0)

interface FieldTest {
  readonly catalog: Catalog
  readonly table: ScanTable
  readonly marks: PeriodMarks
  readonly metric: Metric
  readonly shape: MeasureShape
}

/** Every value with enough rows once. */
function testField({ catalog, table, marks, metric, shape }: FieldTest): readonly StoredVerdict[] {
  const { scan, slices, periods } = table
  const history = { grain: scan.grain, periods: periods.length, today: scan.to }
  const rows = slices.reduce((sum, one) => sum + addUp(one.rows), 0)
  const common = { scan: scan.id, kind: shape.kind, volume: rows / periods.length }
  const members = new Map(
    slices.flatMap(({ slice: [member], rows: own }) => {
      const isKnown = member && member.value !== null && member.value !== ''
      return isKnown && addUp(own) >= rowsMin ? [[labelMember(member), member] as const] : []
    }),
  )
  const chooseOptions = (subject: string, without: JudgedMember['without']) => ({ subject, ...without, alike: true })
  const all = judgeOneByOne([...members.keys()], (label, without) => {
    const options = chooseOptions(label, without)
    const detector = divergence as Detector<'breakdown'>
    return judgeTable({ table, metric: metric.name, shape, marks, detector, options }).judged
  })
  return all.map(({ label, judged, without }) => {
    const options = chooseOptions(label, without)
    const subject = { metric, shape, history, fields: scan.dimensions, detector: divergence.name, options }
    return { hypothesis: { ...writeHypothesis(catalog, subject), slice: [members.get(label)!] }, ...common, ...judged }
  })
}

function writeHypothesis(catalog: Catalog, subject: TableSubject & { readonly metric: Metric }): Hypothesis {
  const { metric, history, fields, detector, options } = subject
  const text = writeTableTest(catalog, subject)
  return makeHypothesis({
    template: 'rows_crowd',
    metric,
    slice: [],
    by: fields,
    detector,
    grain: history.grain,
    text,
    statement: `${metric.label.toLowerCase()} where ${fields[0]} is ${options?.subject} crowd into a stretch of time`,
  })
}
