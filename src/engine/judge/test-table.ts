import type { Catalog, Metric } from '../../catalog/catalog.ts'
import { listDetectors } from '../../detectors/index.ts'
import type { StoredVerdict } from '../../findings/finding.ts'
import type { Hypothesis } from '../../hypotheses/hypothesis.ts'
import { makeHypothesis } from '../../hypotheses/make-hypothesis.ts'
import type { PeriodMarks } from '../../hypotheses/series/build-series.ts'
import type { MeasureShape } from '../../hypotheses/series/measure-shape.ts'
import type { ScanTable } from '../../hypotheses/series/scan-table.ts'
import type { BreakdownTemplate } from '../../hypotheses/templates/template.ts'
import { type TableSubject, writeTableTest } from '../../hypotheses/write/write-table-test.ts'
import type { Steps } from '../scan/run-in-turns.ts'
import { judgeTable } from './judge-table.ts'

export interface BreakdownTest {
  readonly catalog: Catalog
  readonly table: ScanTable
  readonly marks: PeriodMarks
  readonly metric: Metric
  readonly shape: MeasureShape
  readonly template: BreakdownTemplate
  /** Makes a null replicate as well, shuffled by this seed. */
  readonly replicateSeed: number | undefined
}

const tableDetectors = [...listDetectors('breakdown'), ...listDetectors('leaves')]

/** Puts all slices of a scan beside each other before every detector of a template, and may be interrupted after each. */
export function* testTable(test: BreakdownTest): Steps<readonly StoredVerdict[]> {
  const { catalog, table, marks, metric, shape, template, replicateSeed } = test
  const { scan, slices, periods } = table
  const rows = slices.reduce((all, one) => one.rows.reduce((sum, x) => sum + (Number.isFinite(x) ? x : 0), all), 0)
  const common = { scan: scan.id, kind: shape.kind, volume: rows / periods.length }
  const history = { grain: scan.grain, periods: periods.length, today: scan.to }
  const verdicts: StoredVerdict[] = []
  for (const name of template.detectors) {
    const detector = tableDetectors.find((one) => one.name === name)
    // a field with too few values is not asked about, rather than found wanting in every cycle
    if (!detector || (detector.shape === 'leaves' && slices.length < detector.minimum)) continue
    const subject = { metric, shape, history, fields: scan.dimensions, detector: name }
    const asked = writeHypothesis(catalog, subject, template)
    const input = { table, metric: metric.name, shape, marks, detector, options: {} }
    const { judged, slice } = judgeTable(input)
    verdicts.push({ hypothesis: { ...asked, slice }, ...common, ...judged })
    yield
    if (replicateSeed === undefined || detector.shape === 'leaves') continue
    const { judged: permuted } = judgeTable(input, replicateSeed)
    verdicts.push({ hypothesis: asked, ...common, ...permuted, isReplicate: true })
    yield
  }
  return verdicts
}

function writeHypothesis(catalog: Catalog, subject: TableSubject, template: BreakdownTemplate): Hypothesis {
  const { metric, history, fields, detector } = subject
  const text = writeTableTest(catalog, subject)
  return makeHypothesis({
    template: template.name,
    metric,
    slice: [],
    by: fields,
    detector,
    grain: history.grain,
    text,
    statement: template.state(metric, fields, detector),
  })
}
