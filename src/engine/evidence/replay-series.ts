import { invariant } from '../../base/invariant.ts'
import type { TestedSeries } from '../../detectors/detector.ts'
import { findSeriesDetector } from '../../detectors/index.ts'
import type { Series } from '../../detectors/shapes.ts'
import type { Evidence } from '../../findings/evidence.ts'
import { buildSeries, markPeriods } from '../../hypotheses/series/build-series.ts'
import { shapeMeasure } from '../../hypotheses/series/measure-shape.ts'
import { weightColumn } from '../../hypotheses/series/scan-table.ts'
import { settleValues } from '../../hypotheses/series/settle-values.ts'
import { toNumbers } from '../judge/test-slice.ts'
import type { Replayed, ReplayInput } from './replay-test.ts'

/** A series, judged again. */
export function replaySeries({ context, finding, test, rows, columns, missing }: ReplayInput): Replayed {
  const { measure, grain } = finding
  const detector = findSeriesDetector(test.detector)
  invariant(detector, `\`${test.detector}\` judges series`)
  const column = (name: string) => columns.findIndex((one) => one.name === name)
  const read = (name: string) =>
    Float64Array.from(rows, (row) => {
      const cell = row[column(name)]
      return cell === null || cell === undefined ? Number.NaN : Number(cell)
    })
  const periods = rows.map((row) => String(row[column(test.time)]).slice(0, 10))
  const weight = weightColumn(test.measure, [test.measure])
  const series = buildSeries({
    shape: shapeMeasure({ measure }),
    grain,
    periods,
    ...settleValues(read(test.measure), column(weight) >= 0 ? read(weight) : undefined),
    marks: markPeriods(periods, grain, missing, context.catalog.events),
  })
  const verdict = detector.detect(series, detector.options.parse(test.options))
  if (verdict.status === 'untestable') return { ...verdict, series: [] }
  return { status: 'tested', numbers: toNumbers(verdict, series, test.detector), series: drawSeries(series, verdict) }
}

function drawSeries({ at, values }: Series, { band }: TestedSeries): Evidence['series'] {
  const read = (numbers: Float64Array, place: number): number | null => {
    const value = numbers[place]!
    return Number.isFinite(value) ? value : null
  }
  return at.map((day, place) => ({
    at: day,
    value: read(values, place),
    expected: read(band.expected, place),
    low: read(band.low, place),
    high: read(band.high, place),
  }))
}
