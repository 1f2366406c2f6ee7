import { invariant } from '../../base/invariant.ts'
import type { Day } from '../../base/periods.ts'
import type { Series } from '../../detectors/shapes.ts'
import { buildSeries, markPeriods } from '../../hypotheses/series/build-series.ts'
import { shapeMeasure } from '../../hypotheses/series/measure-shape.ts'
import { weightColumn } from '../../hypotheses/series/scan-table.ts'
import { settleValues } from '../../hypotheses/series/settle-values.ts'
import { drawLead, judgeLead } from '../judge/judge-lead.ts'
import type { Replayed, ReplayInput } from './replay-test.ts'

/** Two metrics side by side, judged again: one row a period; the other metric is the first column after `by`. */
export function replayLeads(input: ReplayInput): Replayed {
  const { finding, test, missing, missingOfOther = [] } = input
  const [other] = test.by
  invariant(other !== undefined && finding.with, 'a test of two metrics names the other after `by`')
  const names = [test.measure, other]
  const first = readSide(input, test.measure, names, finding.measure, missing)
  const second = readSide(input, other, names, finding.with.measure, missingOfOther)
  const judged = judgeLead({ first, second }, test.options)
  if (judged.status === 'untestable') return { ...judged, series: [] }
  const points = drawLead({ first, second }, test.options, Number(judged.numbers.details.lag))
  return { ...judged, series: [], points }
}

function readSide(
  { context, finding: { grain }, test, rows, columns }: ReplayInput,
  name: string,
  names: readonly string[],
  measure: string,
  missing: readonly Day[],
): Series {
  const find = (one: string) => columns.findIndex((column) => column.name === one)
  const read = (column: number) =>
    Float64Array.from(rows, (row) =>
      row[column] === null || row[column] === undefined ? Number.NaN : Number(row[column]),
    )
  const periods = rows.map((row) => String(row[find(test.time)]).slice(0, 10))
  const weight = find(weightColumn(name, names))
  return buildSeries({
    shape: shapeMeasure({ measure }),
    grain,
    periods,
    ...settleValues(read(find(name)), weight >= 0 ? read(weight) : undefined),
    marks: markPeriods(periods, grain, missing, context.catalog.events),
  })
}
