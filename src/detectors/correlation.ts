import { z } from 'zod'
import { normal } from '../stats/normal.ts'
import { rank } from '../stats/rank.ts'
import { studentT } from '../stats/student-t.ts'
import { defineDetector, type Verdict } from './detector.ts'
import type { Points } from './shapes.ts'

const minimum = 20
/** Numbers that agree so closely are one thing under two names. */
const sameThing = 0.995
/** Fewest different values on either side: with fewer there are groups to compare, not numbers to correlate. */
const valuesMin = 5

const options = z.object({})

/** Pearson's correlation of two arrays of the same length; NaN where one of them is constant. */
function correlate(a: Float64Array, b: Float64Array): number {
  const count = a.length
  let [meanA, meanB] = [0, 0]
  for (let at = 0; at < count; at++) {
    meanA += a[at]! / count
    meanB += b[at]! / count
  }
  let [aa, bb, ab] = [0, 0, 0]
  for (let at = 0; at < count; at++) {
    const [x, y] = [a[at]! - meanA, b[at]! - meanB]
    aa += x * x
    bb += y * y
    ab += x * y
  }
  return ab / Math.sqrt(aa * bb)
}

/** Means by account where rows belong to one: rows of an account are not independent. Drops pairs that lack a number. */
function gather({ first, second, units }: Points): readonly [Float64Array, Float64Array] {
  const kept = Array.from(first.keys()).filter((at) => Number.isFinite(first[at]) && Number.isFinite(second[at]))
  if (!units) return [Float64Array.from(kept, (at) => first[at]!), Float64Array.from(kept, (at) => second[at]!)]
  const sums = new Map<number, [x: number, y: number, count: number]>()
  for (const at of kept) {
    const sum = sums.get(units[at]!) ?? [0, 0, 0]
    sums.set(units[at]!, [sum[0] + first[at]!, sum[1] + second[at]!, sum[2] + 1])
  }
  const means = [...sums.values()]
  return [Float64Array.from(means, ([x, , n]) => x / n), Float64Array.from(means, ([, y, n]) => y / n)]
}

function detect(points: Points): Verdict<'points'> {
  const [first, second] = gather(points)
  const count = first.length
  const of = points.units ? 'accounts' : 'rows'
  if (count < minimum)
    return { status: 'untestable', reason: `has ${count} ${of} with both numbers; correlation needs ${minimum}` }
  const values = Math.min(new Set(first).size, new Set(second).size)
  if (values < valuesMin)
    return {
      status: 'untestable',
      reason: `one of the numbers has ${values} different values; ${valuesMin} are needed`,
    }
  const rho = correlate(rank(first).ranks, rank(second).ranks)
  if (Math.abs(rho) > sameThing)
    return { status: 'untestable', reason: 'the two are one number under two names, or nearly' }
  const statistic = rho * Math.sqrt((count - 2) / (1 - rho * rho))
  const pValue = Math.max(1e-300, Math.min(1, 2 * studentT.upperTail(Math.abs(statistic), count - 2)))
  // Fisher's transformation with the variance of Bonett and Wright (2000) for ranks
  const error = Math.sqrt((1 + (rho * rho) / 2) / (count - 3))
  const half = normal.quantile(0.975) * error
  const chance = Math.tanh(normal.quantile(0.975) / Math.sqrt(count - 3))
  return {
    status: 'tested',
    pValue,
    direction: rho >= 0 ? 'up' : 'down',
    observed: rho,
    expected: 0,
    low: -chance,
    high: chance,
    change: Number.NaN,
    effect: {
      measure: 'rank correlation',
      value: rho,
      low: Math.tanh(Math.atanh(rho) - half),
      high: Math.tanh(Math.atanh(rho) + half),
    },
    sentence: { verb: rho >= 0 ? 'goes up with' : 'goes down as', comparedWith: 'no connection' },
    details: { statistic, count, count_of: of },
  }
}

/** Do two numbers of a row go together? */
export const correlation = defineDetector({
  name: 'correlation',
  shape: 'points',
  question: 'Do two numbers of the same rows go up and down together?',
  method:
    'Spearman’s rank correlation (1904), so that neither outliers nor the scale decide; its p-value by Student’s t with two degrees of freedom less than there are pairs (Kendall and Stuart 1973, section 31.19), its interval by Fisher’s transformation with the variance of Bonett and Wright (2000). Rows of one account are averaged first where the account is known. The engine asks it of the rows themselves, not of their sums by period: two growing sums always go together.',
  assumes: [
    'Rows (or accounts) are independent of each other.',
    'The connection is monotone: a curve that rises and falls again is not seen.',
  ],
  misleads: [
    'A third thing can drive both: compare within a plan, a region, a size before acting.',
    'Numbers that one is computed from the other go together by definition; the engine leaves out pairs that share a column.',
  ],
  minimum,
  minimumOf: 'pairs',
  options,
  detect,
})
