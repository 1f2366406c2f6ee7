import type { Catalog, Metric } from '../../catalog/catalog.ts'
import type { TestedSeries } from '../../detectors/detector.ts'
import { findSeriesDetector } from '../../detectors/index.ts'
import type { Series } from '../../detectors/shapes.ts'
import { blocksRemember } from '../../findings/errors/blocks-remember.ts'
import { leaveOutEvents } from '../../findings/errors/leave-out-events.ts'
import { permuteBlocks } from '../../findings/errors/permute-blocks.ts'
import type { StoredVerdict, TestedNumbers } from '../../findings/finding.ts'
import { buildSeries, type PeriodMarks } from '../../hypotheses/series/build-series.ts'
import type { AskedSlice } from '../../hypotheses/series/list-slices.ts'
import type { MeasureShape } from '../../hypotheses/series/measure-shape.ts'
import type { ScanTable } from '../../hypotheses/series/scan-table.ts'
import type { SeriesTemplate } from '../../hypotheses/templates/template.ts'
import type { TestOptions } from '../../hypotheses/write/write-exploration.ts'
import { writeHypotheses } from '../../hypotheses/write/write-hypothesis.ts'
import { createRandom } from '../../stats/random.ts'
import { pickNumbers, withSentence } from '../evidence/pick-numbers.ts'
import type { Steps } from '../scan/run-in-turns.ts'
import type { JudgedNumbers } from './judge-sibling.ts'

export interface SliceTest {
  readonly marks: PeriodMarks
  readonly catalog: Catalog
  readonly table: ScanTable
  readonly slice: AskedSlice
  readonly metric: Metric
  readonly shape: MeasureShape
  readonly templates: readonly SeriesTemplate[]
  /** Makes a null replicate of the series as well, shuffled by this seed. */
  readonly replicateSeed: number | undefined
}

/** Seasons that stay together when a series is permuted. */
const blockSeasons = 1

/** The series of a metric in one slice of a scan. */
function seriesOf({ table, slice, metric, shape, marks }: SliceTest): Series {
  const { scan, periods } = table
  return buildSeries({
    shape,
    grain: scan.grain,
    periods,
    values: slice.values[metric.name] ?? new Float64Array(periods.length).fill(Number.NaN),
    weights: shape.weight === undefined ? undefined : slice.weights[metric.name],
    marks,
  })
}

/**
 * Puts one slice of one metric before every detector of its templates, and may be interrupted after each; a null replicate is what is left of it
 * without what happened, where its weeks could as well have come in another order.
 */
export function* testSlice(test: SliceTest): Steps<readonly StoredVerdict[]> {
  const { catalog, table, slice, metric, shape, templates, replicateSeed } = test
  const { scan } = table
  const series = seriesOf(test)
  const history = { grain: scan.grain, periods: table.periods.length, today: scan.to }
  const asked = templates.flatMap((template) =>
    writeHypotheses({ catalog, template, metric, shape, slice: slice.slice, history }).map((hypothesis) => ({
      hypothesis,
      options: template.options,
    })),
  )
  const common = { scan: scan.id, kind: shape.kind, volume: slice.rowsPerPeriod }
  function* testAll(given: Series): Steps<readonly StoredVerdict[]> {
    const verdicts: StoredVerdict[] = []
    for (const { hypothesis, options } of asked) {
      for (const judged of judge(hypothesis.detector, given, options))
        verdicts.push({ hypothesis, ...common, ...judged })
      yield
    }
    return verdicts
  }
  const verdicts = yield* testAll(series)
  if (replicateSeed === undefined) return verdicts
  const block = blockSeasons * (scan.grain === 'day' ? 7 : 4)
  const calm = leaveOutEvents(series, verdicts)
  if (blocksRemember(calm, block)) return verdicts
  const permuted = permuteBlocks(calm, block, createRandom(replicateSeed))
  const replicates = yield* testAll(permuted)
  return [...verdicts, ...replicates.map((one): StoredVerdict => ({ ...one, isReplicate: true }))]
}

/** What one detector says, in the form that is stored; nothing when there is no such detector. */
function judge(name: string, series: Series, options: TestOptions = {}): readonly JudgedNumbers[] {
  const detector = findSeriesDetector(name)
  if (!detector) return []
  const verdict = detector.detect(series, detector.options.parse(options))
  if (verdict.status === 'untestable') return [verdict]
  return [{ status: 'tested', numbers: toNumbers(verdict, series, name) }]
}

/** A verdict with days instead of indices and without its band. */
export function toNumbers(verdict: TestedSeries, { at, values }: Series, detector: string): TestedNumbers {
  const { from, to } = verdict
  const numbers = {
    ...pickNumbers(verdict),
    from: at[from]!,
    to: to >= values.length ? null : at[to]!,
    periods: to - from,
  }
  return withSentence(numbers, verdict, detector)
}
