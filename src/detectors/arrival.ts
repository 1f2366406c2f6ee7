import { z } from 'zod'
import { defineDetector, type Effect, type Verdict } from './detector.ts'
import { type ArrivalFault, type JudgedPeriod, judgeArrivals, minimum } from './series/judge-arrivals.ts'
import { findObstacle } from './series/judge-testable.ts'
import { takeSample } from './series/sample.ts'
import { tellDistance } from './series/tell-effect.ts'
import type { Arrivals } from './shapes.ts'

/** A period is held back when its fault has this chance at most, among all that were judged. */
const heldBackMax = 0.01

const options = z.object({
  season: z.int().min(0).max(400).default(0).describe('Periods a season; 0 takes what the grain suggests.'),
  recent: z
    .int()
    .min(1)
    .max(100)
    .default(7)
    .describe('How many of the last periods are judged (at most a quarter of all).'),
})
type Options = z.infer<typeof options>

const verbs: Readonly<Record<ArrivalFault, string>> = {
  thin: 'came with too few rows',
  late: 'came late',
  duplicated: 'came with repeated rows',
  'null-heavy': 'came with missing values',
}

/** Chance of at least one such p-value among `count`. */
const amongAll = (pValue: number, count: number): number =>
  Math.max(1e-300, -Math.expm1(count * Math.log1p(-Math.min(pValue, 1 - 1e-16))))

/** Place after the last period that is whole: those at the end that are not there, thin or late are not. */
function findCompleteUntil({ series }: Arrivals, faults: readonly JudgedPeriod[]): number {
  const isPartial = (at: number) =>
    !Number.isFinite(series.values[at]) ||
    faults.some((one) => one.at === at && (one.fault === 'thin' || one.fault === 'late'))
  let end = series.values.length
  while (end > 0 && isPartial(end - 1)) end--
  return end
}

function measureEffect({ fault, observed, expected, low, high }: JudgedPeriod): Effect {
  if ((fault === 'thin' || fault === 'late') && expected > 0 && low > 0)
    return { measure: 'ratio to expected', value: observed / expected, low: observed / high, high: observed / low }
  return tellDistance({ observed, expected, low, high })
}

function detect(arrivals: Arrivals, { season, recent }: Options): Verdict<'arrivals'> {
  const { series } = arrivals
  const { at, values } = series
  const from = values.length - Math.min(recent, Math.floor(values.length / 4))
  const sample = takeSample(series, season)
  if (sample.count < minimum)
    return { status: 'untestable', reason: `has ${sample.count} periods; arrival needs ${minimum}` }
  const judged = judgeArrivals(arrivals, season, from)
  if (judged.length === 0)
    return {
      status: 'untestable',
      reason: findObstacle('arrival', sample, minimum) ?? 'none of the last periods is there',
    }
  const faults = judged.filter(({ pValue }) => amongAll(pValue, judged.length) <= heldBackMax)
  const worst = judged.reduce((most, one) => (one.pValue < most.pValue ? one : most))
  const list = (fault: ArrivalFault) =>
    faults.flatMap((one) => (one.fault === fault ? [at[one.at] ?? String(one.at)] : [])).join(', ') || 'none'
  const end = findCompleteUntil(arrivals, faults)
  const last = judged.findLast((one) => one.fault === 'late')
  const { fault, observed, expected, low, high } = worst
  return {
    status: 'tested',
    pValue: amongAll(worst.pValue, judged.length),
    direction: observed >= expected ? 'up' : 'down',
    observed,
    expected,
    low,
    high,
    change: expected === 0 ? Number.NaN : observed / expected - 1,
    effect: measureEffect(worst),
    sentence: {
      verb: faults.length > 0 ? verbs[fault] : 'came as usual',
      subject: at[worst.at] ?? String(worst.at),
      comparedWith: 'how its rows came before',
    },
    details: {
      fault: faults.length > 0 ? fault : 'none',
      complete_until: end > 0 ? (at[end - 1] ?? String(end - 1)) : 'none',
      not_there: values.subarray(from).filter((x) => !Number.isFinite(x)).length,
      thin: list('thin'),
      late: list('late'),
      duplicated: list('duplicated'),
      null_heavy: list('null-heavy'),
      periods_judged: judged.length,
      ...(last && { usual_lag_hours: last.expected, lag_hours_high: last.high }),
      season: sample.season,
    },
  }
}

/** Are the last periods whole? */
export const arrival = defineDetector({
  name: 'arrival',
  shape: 'arrivals',
  question: 'Did the rows of the last periods come in time, all of them, once, and with their values?',
  method:
    'A gate, not an insight: what it holds back is not told as news. Rows, hours until they were there, the share of repeated rows and that of rows without a value are four series; each of the last periods is judged in each as `outlier` judges points, on the side of the fault alone, and only from a size on that matters (a tenth of the rows, an hour, half a percentage point). Shares that were always 0 are judged by a beta-binomial chance of rows that come in batches. A period is held back when its chance among all that were judged is at most 1%; the data are complete until the last period that is there and neither thin nor late.',
  assumes: [
    'Rows of a period are counted when everything that usually comes has had its time.',
    'Declared events are marked: a holiday is thin, too.',
  ],
  misleads: [
    'A business that loses a third of its customers in a day looks like a feed that lost a third of its rows: look at `outlier` of the measures in other tables.',
    'What has been thin for weeks is the new level, not a fault.',
  ],
  minimum,
  minimumOf: 'periods',
  options,
  detect,
})
