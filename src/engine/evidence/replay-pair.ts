import { correlation } from '../../detectors/correlation.ts'
import { toStandingNumbers } from './pick-numbers.ts'
import type { Replayed, ReplayInput } from './replay-test.ts'

/** Points that a picture shows. */
const pointsMax = 600

/** Two numbers of the same rows, judged again. */
export function replayPair({ test, rows, columns }: ReplayInput): Replayed {
  const read = (name: string) => {
    const column = columns.findIndex((one) => one.name === name)
    return Float64Array.from(rows, (row) => (row[column] === null ? Number.NaN : Number(row[column])))
  }
  const [first, second] = [read(test.measure), read(test.time)]
  const verdict = correlation.detect({ first, second }, {})
  if (verdict.status === 'untestable') return { ...verdict, series: [] }
  const every = Math.max(1, Math.ceil(first.length / pointsMax))
  const points = Array.from({ length: Math.ceil(first.length / every) }, (_, at) => at * every).flatMap((at) =>
    Number.isFinite(first[at]) && Number.isFinite(second[at]) ? [[second[at]!, first[at]!] as const] : [],
  )
  return { status: 'tested', numbers: toStandingNumbers(verdict, verdict.observed ** 2), series: [], points }
}
