import { betaBinomial } from '../../stats/beta-binomial.ts'
import type { Arrivals, Series } from '../shapes.ts'
import { analyseChanges } from './analyse-changes.ts'
import { judgePoints } from './judge-points.ts'
import { findObstacle } from './judge-testable.ts'

export type ArrivalFault = 'thin' | 'late' | 'duplicated' | 'null-heavy'

/** One period under one question. */
export interface JudgedPeriod {
  readonly fault: ArrivalFault
  /** Place in the series. */
  readonly at: number
  readonly observed: number
  readonly expected: number
  readonly low: number
  readonly high: number
  /** One-sided, towards the fault; 1 for what is too small to matter. */
  readonly pValue: number
}

/** A fault matters from here on: a tenth of the rows, an hour, half a percentage point. */
const floors = { thin: 0.1, late: 1, duplicated: 0.005, 'null-heavy': 0.005 } as const

function matters(fault: ArrivalFault, observed: number, expected: number): boolean {
  if (fault === 'thin') return observed < expected * (1 - floors.thin)
  return observed > expected + floors[fault]
}

/** Rows that are repeated, or lack a value, come so many at a time: they are less evidence than single ones. */
const batch = 10

/** A share that was nearly always 0: its chance is that of more such rows than so few, in batches, let expect. */
function judgeRare(series: Series, fault: ArrivalFault, from: number): readonly JudgedPeriod[] {
  const { values, weights } = series
  let [marked, rows] = [0.5, 1]
  for (let at = 0; at < from; at++) {
    if (!(weights![at]! > 0) || !Number.isFinite(values[at])) continue
    marked += (values[at]! * weights![at]!) / batch
    rows += weights![at]! / batch
  }
  const expected = marked / rows
  const judged: JudgedPeriod[] = []
  for (let at = from; at < values.length; at++) {
    if (!(weights![at]! > 0) || !Number.isFinite(values[at]) || series.excluded?.[at] === 1) continue
    const trials = Math.max(1, Math.round(weights![at]! / batch))
    const count = Math.floor(values[at]! * trials)
    const tail = count === 0 ? 1 : betaBinomial.upperTail(count, trials, expected, 1 / (rows + 1))
    const observed = values[at]!
    const pValue = matters(fault, observed, expected) ? tail : 1
    judged.push({ fault, at, observed, expected, low: 0, high: Math.min(1, 4 / rows), pValue })
  }
  return judged
}

/** The periods from `from` on, each against all of the series, on the side of the fault. */
function judgeSide(series: Series, fault: ArrivalFault, season: number, from: number): readonly JudgedPeriod[] {
  const search = analyseChanges(series, season)
  const { sample } = search
  const isShare = fault === 'duplicated' || fault === 'null-heavy'
  if (search.status === 'untestable' || findObstacle('arrival', sample, minimum))
    return isShare && sample.count >= minimum ? judgeRare(series, fault, from) : []
  const first = sample.place.findIndex((place) => place >= from)
  if (first < 0) return []
  const { points, band, weigh } = judgePoints(series, search, first)
  return points.map(({ at: k, score }) => {
    const at = sample.place[k]!
    const [observed, expected] = [sample.value[k]!, band.expected[at]!]
    const isFault = (fault === 'thin' ? score < 0 : score > 0) && matters(fault, observed, expected)
    return {
      fault,
      at,
      observed,
      expected,
      low: band.low[at]!,
      high: band.high[at]!,
      pValue: isFault ? weigh(score) / 2 : 1,
    }
  })
}

/** Fewest periods that say what is usual. */
export const minimum = 28

/** Every period from `from` on under every question that the data can answer. */
export function judgeArrivals(arrivals: Arrivals, season: number, from: number): readonly JudgedPeriod[] {
  const { series, lagHours, nullShare, duplicateShare } = arrivals
  const share = (values: Float64Array): Series => ({ ...series, values, kind: 'ratio', weights: series.values })
  return [
    ...judgeSide(series, 'thin', season, from),
    // an hour more: what is there within minutes is not told apart
    ...(lagHours
      ? judgeSide({ ...series, values: lagHours.map((x) => x + 1), kind: 'mean' }, 'late', season, from)
      : []
    ).map((one) => ({
      ...one,
      observed: one.observed - 1,
      expected: one.expected - 1,
      low: one.low - 1,
      high: one.high - 1,
    })),
    ...(duplicateShare ? judgeSide(share(duplicateShare), 'duplicated', season, from) : []),
    ...(nullShare ? judgeSide(share(nullShare), 'null-heavy', season, from) : []),
  ]
}
