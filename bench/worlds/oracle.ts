import { studentT } from '../../src/stats/student-t.ts'
import { isOf, type MadeRow } from './make-rows.ts'
import { type Effect, rows } from './trade.ts'

/** Day by day: rows of the planted slice, those of all others, and the sum of what the effect moves. */
export interface OracleCounts {
  readonly effect: Effect
  readonly inside: Float64Array
  readonly outside: Float64Array
  readonly sums: Float64Array
}

/** Whether what moves is when rows end, which is counted on that day. */
const isByEnd = ({ moves }: Effect): boolean => moves === 'ended_at'

/** Heavy tails as their logarithm, so that few rows do not decide. */
const toNumber = (value: number | boolean | string, at: Date): number => {
  const number =
    typeof value === 'string' ? Math.abs(Date.parse(`${value}Z`) - at.getTime()) / 3_600_000 : Number(value)
  return typeof value === 'boolean' ? number : Math.log(Math.max(1e-6, number))
}

export function countForOracle(effects: readonly Effect[], days: number) {
  const counts = effects.map(
    (effect): OracleCounts => ({
      effect,
      inside: new Float64Array(days),
      outside: new Float64Array(days),
      sums: new Float64Array(days),
    }),
  )
  const add = ({ day, row, account, values, at }: MadeRow) => {
    if (day >= days) return
    for (const { effect, inside, outside, sums } of counts) {
      if (!isOf(effect, row, account)) {
        outside[day]! += 1
        continue
      }
      const moved = values[effect.moves]
      if (typeof moved === 'string' && isByEnd(effect)) {
        const end = day + Math.floor((Date.parse(`${moved}Z`) - Date.parse(at.toISOString().slice(0, 10))) / 86_400_000)
        if (moved !== '' && end < days) inside[end]! += 1
        continue
      }
      inside[day]! += 1
      if (moved !== undefined) sums[day]! += toNumber(moved, at)
    }
  }
  return { add, counts }
}

/** Blocks before the onset that are compared. */
const blocksMax = 26

/**
 * What a reader would see who knows slice, onset and length of an effect, and looks at nothing else: its weeks (or its day of the week)
 * before and after the onset, rows against those of all others, growth allowed for. Two-sided p of Student's t.
 */
export function askOracle({ effect, inside, outside, sums }: OracleCounts): number {
  const days = inside.length
  const onset = days - 1 - effect.ago
  const end = Math.min(days, onset + (effect.lasts ?? days))
  const length = Math.min(7, end - onset)
  const read = (from: number) => {
    let [a, b, sum] = [0, 0, 0]
    for (let day = from; day < from + length; day++) {
      a += inside[day]!
      b += outside[day]!
      sum += sums[day]!
    }
    if (effect.moves !== rows && !isByEnd(effect)) return a > 0 ? sum / a : Number.NaN
    // counts on the scale on which their variance does not depend on their mean
    if (!effect.slice || isByEnd(effect)) return Math.sqrt(a + 0.375)
    return Math.asin(Math.sqrt((a + 0.375) / (a + b + 0.75)))
  }
  const list = (from: number, until: number, step: number) => {
    const found: number[] = []
    for (let at = from; at >= 0 && (step < 0 ? at > until : at <= until) && found.length < blocksMax; at += step)
      found.push(read(at))
    return found.filter(Number.isFinite)
  }
  const before = list(onset - 7, -1, -7)
  const after = list(onset, end - length, length)
  const y = [...before.toReversed(), ...after]
  const steps = y.map((_, at) => (at < before.length ? 0 : 1))
  const times = y.map((_, at) => at)
  const plain = takeOut(y, times)
  const step = takeOut(steps, times)
  const norm = step.reduce((sum, x) => sum + x * x, 0)
  const size = step.reduce((sum, x, at) => sum + x * plain[at]!, 0) / norm
  const rest = plain.reduce((sum, x, at) => sum + (x - size * step[at]!) ** 2, 0)
  const freedom = y.length - 3
  return 2 * studentT.upperTail(Math.abs(size) / Math.sqrt(rest / freedom / norm), freedom)
}

/** `values` without their mean and what is straight in `times`. */
function takeOut(values: readonly number[], times: readonly number[]): readonly number[] {
  const mean = (of: readonly number[]) => of.reduce((sum, x) => sum + x, 0) / of.length
  const [centre, middle] = [mean(values), mean(times)]
  const norm = times.reduce((sum, t) => sum + (t - middle) ** 2, 0)
  const slope = values.reduce((sum, x, at) => sum + (x - centre) * (times[at]! - middle), 0) / norm
  return values.map((x, at) => x - centre - slope * (times[at]! - middle))
}
