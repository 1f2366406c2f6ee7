import type { TestedSeries } from '../detector.ts'
import type { Series } from '../shapes.ts'
import type { Sample } from './sample.ts'

/** Fewest periods in which there was nothing at all. */
const emptyMin = 28
/** Fewest periods with any: rows of one day, or of one visitor over a weekend, are no beginning. */
const filledMin = 5
/** What is less sure is left to the search for shifts; it then counts for half of what it says. */
const sureMax = 1e-4

/** Chance that `filled` of `count` periods, any of them alike, all lie among the last `after`. */
function measureChance(filled: number, after: number, count: number): number {
  let chance = 1
  for (let at = 0; at < filled; at++) chance *= (after - at) / (count - at)
  return chance
}

/** 95% limits of a share (Wilson 1927). */
function limitShare(filled: number, count: number): { readonly low: number; readonly high: number } {
  const z = 1.959964
  const share = filled / count
  const middle = share + z ** 2 / (2 * count)
  const reach = z * Math.sqrt((share * (1 - share)) / count + z ** 2 / (4 * count ** 2))
  const whole = 1 + z ** 2 / count
  return { low: (middle - reach) / whole, high: Math.min(1, (middle + reach) / whole) }
}

/**
 * A count or sum that began: nothing at all for weeks, then values until the end. A ratio to nothing has no noise to be measured by. That all filled
 * periods are among the last ones is as likely as drawing them so from an urn, whatever the size of each; twice that, as shifts are searched for
 * besides. Undefined where it is not so, or not sure.
 */
export function tellBeginning(
  { kind, values }: Series,
  { value, place, count, season }: Sample,
): TestedSeries | undefined {
  if (kind !== 'count' && kind !== 'amount') return undefined
  const first = value.findIndex((x) => x !== 0)
  if (first < emptyMin || !value.subarray(count - season).some((x) => x !== 0)) return undefined
  const after = count - first
  const begun = value.subarray(first)
  const filled = begun.reduce((sum, x) => sum + Number(x !== 0), 0)
  const pValue = Math.min(1, 2 * measureChance(filled, after, count))
  const observed = begun.reduce((sum, x) => sum + x, 0) / after
  if (filled < filledMin || pValue > sureMax || !(observed > 0)) return undefined
  // 97.5% upper limit of how often something comes of which nothing came (Clopper and Pearson 1934), at the size that it has now
  const high = ((1 - 0.025 ** (1 / first)) * observed * after) / filled
  const { length } = values
  const band = {
    expected: new Float64Array(length),
    low: new Float64Array(length),
    high: new Float64Array(length).fill(high),
  }
  return {
    status: 'tested',
    pValue,
    direction: 'up',
    observed,
    expected: 0,
    low: 0,
    high,
    change: Number.NaN,
    effect: {
      measure: 'share of periods with any',
      value: filled / after,
      ...limitShare(filled, after),
    },
    sentence: { verb: 'began', comparedWith: 'nothing at all before' },
    from: place[first]!,
    to: length,
    band,
    details: { periods_with_nothing: first, periods_with_any: filled, season },
  }
}
