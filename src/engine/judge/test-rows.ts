import type { Metric } from '../../catalog/catalog.ts'
import { correlation } from '../../detectors/correlation.ts'
import type { StoredVerdict } from '../../findings/finding.ts'
import type { Hypothesis, SharedScan } from '../../hypotheses/hypothesis.ts'
import { makeHypothesis } from '../../hypotheses/make-hypothesis.ts'
import { listScanPeriods } from '../../hypotheses/series/scan-table.ts'
import type { History } from '../../hypotheses/write/write-exploration.ts'
import { readRowExpression, writePairTest } from '../../hypotheses/write/write-standing.ts'
import { runExploration } from '../ask/run-exploration.ts'
import type { EngineContext } from '../context.ts'
import { toStandingNumbers } from '../evidence/pick-numbers.ts'
import type { OwnRowsTested } from '../scan/read-own-rows.ts'

/** Most rows that are read of a model: those that are looked at as a whole have few. */
const rowsMax = 20_000

/** Fields that an expression reads: two that share one go together by definition. */
const fieldsOf = (metric: Metric): ReadonlySet<string> =>
  new Set((readRowExpression(metric) ?? '').match(/[A-Za-z_][\w.]*(?!\s*\()\b(?!\()/g))

const share = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => [...a].some((name) => b.has(name))

/** Asks of every two means of a model whether their numbers go together, row by row. */
export async function testRows(
  context: EngineContext,
  scan: SharedScan,
  _seed: number,
  signal?: AbortSignal,
): Promise<OwnRowsTested> {
  const { catalog } = context
  const { rows, columns, ms } = await runExploration(context, scan.text, {
    limits: { rowsMax },
    ...(signal && { signal }),
  })
  const began = performance.now()
  const metrics = scan.metrics.flatMap((name) => catalog.models[scan.model]?.metrics[name] ?? [])
  const numbers = new Map(
    metrics.map(({ name }) => {
      const column = columns.findIndex((one) => one.name === name)
      return [name, Float64Array.from(rows, (row) => (row[column] === null ? Number.NaN : Number(row[column])))]
    }),
  )
  const periods = listScanPeriods(scan, context.calendar).length
  const history = { grain: scan.grain, periods, today: scan.to }
  const pairs = metrics.flatMap((first, at) => metrics.slice(at + 1).map((second) => [first, second] as const))
  const asked = pairs.filter(([first, second]) => !share(fieldsOf(first), fieldsOf(second)))
  const verdicts = asked.map(([first, second]): StoredVerdict => {
    const verdict = correlation.detect({ first: numbers.get(first.name)!, second: numbers.get(second.name)! }, {})
    const hypothesis = write(scan, history, first, second)
    const common = { hypothesis, scan: scan.id, kind: 'mean' as const }
    const volume = rows.length
    if (verdict.status === 'untestable') return { ...common, volume, ...verdict }
    // what one number explains of the other
    const numbersOf = toStandingNumbers(verdict, verdict.observed ** 2)
    return { ...common, volume, status: 'tested', numbers: numbersOf }
  })
  const detectMs = performance.now() - began
  return { verdicts, series: 0, leftOut: pairs.length - asked.length, warehouseMs: ms, detectMs }
}

function write(scan: SharedScan, history: History, first: Metric, second: Metric): Hypothesis {
  const { model, time, grain } = scan
  const text = writePairTest({ model, time, history, metrics: [] }, [first, second])
  return makeHypothesis({
    template: 'numbers_go_together',
    metric: first,
    with: { metric: second.name, measure: second.measure, model: second.model },
    slice: [],
    detector: 'correlation',
    grain,
    text,
    statement: `${first.label.toLowerCase()} goes with ${second.label.toLowerCase()}`,
  })
}
