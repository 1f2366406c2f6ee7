import type { Metric } from '../../catalog/catalog.ts'
import { quoteName } from '../../dsl/text/quote.ts'
import type { MeasureShape } from '../series/measure-shape.ts'
import { periodColumn, weightColumn } from '../series/scan-table.ts'
import { type History, writeOptions, writePeriod, writeRange } from '../write/write-exploration.ts'

export interface LeadSide {
  readonly metric: Metric
  readonly shape: MeasureShape
}

export interface LeadSubject {
  readonly sides: readonly [LeadSide, LeadSide]
  /** The periods that both have. */
  readonly history: History
  /** Longest lag that is tried. */
  readonly lags: number
}

/** The steps that measure one of both by period, with the rows behind its values where the test weighs by them. */
function writeSide({ metric, shape }: LeadSide, names: readonly string[], history: History): string {
  const { name } = metric
  const period = periodColumn(history.grain, names)
  const weight = shape.weight === undefined ? '' : `, ${quoteName(weightColumn(name, names))} = ${shape.weight}`
  const fill = shape.kind === 'count' || shape.kind === 'amount' ? ' with 0' : ''
  return [
    `from ${quoteName(metric.model)}`,
    `where ${writeRange(metric.time, history)}`,
    `group by ${writePeriod(metric.time, history.grain, period)}: ${quoteName(name)} = ${metric.measure}${weight}`,
    `fill ${period}${fill}`,
  ].join('\n')
}

/** The exploration that puts two metrics of different rows beside each other by period and asks which moves first. */
export function writeLeadTest({ sides, history, lags }: LeadSubject): string {
  const [first, second] = sides
  const names = [first.metric.name, second.metric.name] as const
  const period = periodColumn(history.grain, names)
  const weights = sides.flatMap(({ metric, shape }) =>
    shape.weight === undefined ? [] : [quoteName(weightColumn(metric.name, names))],
  )
  return [
    `as of ${history.today}`,
    'block second',
    writeSide(second, names, history),
    '',
    writeSide(first, names, history),
    `join block second on ${period}`,
    `test lead_lag ${quoteName(names[0])} over ${period} by ${[quoteName(names[1]), ...weights].join(', ')}${writeOptions({ lags })}`,
    '',
  ].join('\n')
}
