import { invariant } from '../base/invariant.ts'
import type { Day } from '../base/periods.ts'
import type { Detector, Verdict } from '../detectors/detector.ts'
import { findSeriesDetector } from '../detectors/index.ts'
import type { Series } from '../detectors/shapes.ts'
import type { Compiled } from '../dsl/exploration.ts'
import type { Finding } from '../findings/finding.ts'
import { buildSeries, markPeriods } from '../hypotheses/build-series.ts'
import { shapeMeasure } from '../hypotheses/measure-shape.ts'
import { periodColumn, weightColumn } from '../hypotheses/scan-table.ts'
import type { EngineContext } from './context.ts'
import { compileExploration, runExploration } from './run-exploration.ts'

export interface Replay {
  readonly compiled: Compiled
  readonly detector: Detector
  readonly series: Series
  readonly verdict: Verdict
}

/**
 * Runs the exploration of a hypothesis by itself, up to its test, and puts its rows before the detector: the same rows, measures and
 * periods as in the shared scan, so the same numbers. `missing` are holes in the data, known from the cycle or looked for again.
 */
export async function replayTest(
  context: EngineContext,
  { exploration, metric, measure, grain }: Pick<Finding, 'exploration' | 'metric' | 'measure' | 'grain'>,
  missing: readonly Day[],
): Promise<Replay> {
  const compiled = compileExploration(context, exploration)
  const { test } = compiled
  const detector = test && findSeriesDetector(test.detector)
  invariant(test && detector, 'a finding keeps an exploration that ends in the test of a detector')
  const { rows, columns } = await runExploration(context, exploration, { upToStep: findTestStep(compiled) - 1 })
  const column = (name: string) => columns.findIndex((one) => one.name === name)
  const read = (name: string) =>
    Float64Array.from(rows, (row) => {
      const cell = row[column(name)]
      return cell === null || cell === undefined ? Number.NaN : Number(cell)
    })
  const periods = rows.map((row) => String(row[column(periodColumn(grain, [metric]))]).slice(0, 10))
  const weight = weightColumn(metric, [metric])
  const series = buildSeries({
    shape: shapeMeasure({ measure }),
    grain,
    periods,
    values: read(metric),
    weights: column(weight) >= 0 ? read(weight) : undefined,
    marks: markPeriods(periods, grain, missing, context.catalog.events),
  })
  return { compiled, detector, series, verdict: detector.detect(series, detector.options.parse(test.options)) }
}

/** Index of the `test` step. */
export const findTestStep = ({ steps }: Compiled): number => steps.findLastIndex(({ text }) => text.startsWith('test '))
