import { Failure } from '../../base/failure.ts'
import { invariant } from '../../base/invariant.ts'
import { addPeriods } from '../../base/periods.ts'
import { listDetectors } from '../../detectors/index.ts'
import { markPeriods } from '../../hypotheses/series/build-series.ts'
import { shapeMeasure } from '../../hypotheses/series/measure-shape.ts'
import { readScanTable } from '../../hypotheses/series/scan-table.ts'
import { drawTable } from '../ask/draw-table.ts'
import { judgeTable } from '../judge/judge-table.ts'
import type { Replayed, ReplayInput } from './replay-test.ts'

/** Slices beside each other, judged again: one row a period and combination of the fields after `by`. */
export function replayTable({ context, finding, test, rows, columns, missing }: ReplayInput): Replayed {
  const { model, metric, measure, grain, by = [] } = finding
  const detector = [...listDetectors('breakdown'), ...listDetectors('leaves')].find(
    ({ name }) => name === test.detector,
  )
  invariant(detector, `\`${test.detector}\` judges slices beside each other`)
  if (by.length === 0 || by.length !== test.by.length)
    throw new Failure(`\`${test.detector}\` puts slices beside each other, and the test names no field for them`, {
      code: 'test-does-not-fit',
      hint: 'Name the columns that tell slices apart after `by`.',
    })
  const days = rows.map(([day]) => String(day).slice(0, 10)).sort()
  const [first, last] = [days[0] ?? '1970-01-01', days.at(-1) ?? '1970-01-01']
  const scan = { id: 'replay', model, time: '', grain, from: first, to: addPeriods(last, 1, grain), missing, text: '' }
  const table = readScanTable({ ...scan, dimensions: by, metrics: [metric] }, { columns, rows }, context.calendar)
  const marks = markPeriods(table.periods, grain, missing, context.catalog.events)
  const input = { table, metric, shape: shapeMeasure({ measure }), marks, detector, options: test.options }
  const outcome = judgeTable(input)
  if (outcome.judged.status === 'untestable') return { ...outcome.judged, series: [] }
  return { ...outcome.judged, series: drawTable(input, outcome, outcome.judged.numbers) }
}
