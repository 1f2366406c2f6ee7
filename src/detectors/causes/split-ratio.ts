import type { Leaves } from '../shapes.ts'

/** One part of a change, in the ratio's unit, with its standard error. */
export interface Part {
  readonly value: number
  readonly error: number
  readonly freedom: number
}

export interface RatioSplit {
  /** Leaves with weight on one side at least. */
  readonly count: number
  readonly before: number
  readonly after: number
  readonly mix: Part
  readonly rate: Part
}

/** Sums over leaves from which both parts follow. */
interface Totals {
  readonly weightBefore: number
  readonly weightAfter: number
  /** Weight × mean of old and new rate, and weight × change of rate, by the weights of each side. */
  readonly levelBefore: number
  readonly levelAfter: number
  readonly changeBefore: number
  readonly changeAfter: number
}

const mixOf = (all: Totals): number => all.levelAfter / all.weightAfter - all.levelBefore / all.weightBefore
const rateOf = (all: Totals): number => (all.changeAfter / all.weightAfter + all.changeBefore / all.weightBefore) / 2

/**
 * Splits the change of a ratio into what the weights did and what the rates did, exactly and the same in both directions (Kitagawa,
 * Components of a difference between two rates, 1955). Errors by leaving out one leaf at a time.
 */
export function splitRatio({ actual, expected }: Leaves, weight: NonNullable<Leaves['weight']>): RatioSplit {
  const leaves: Totals[] = []
  for (let leaf = 0; leaf < actual.length; leaf++) {
    const weightBefore = weight.expected[leaf]!
    const weightAfter = weight.actual[leaf]!
    if (!(weightBefore > 0) && !(weightAfter > 0)) continue
    const rateAfter = weightAfter > 0 ? actual[leaf]! / weightAfter : expected[leaf]! / weightBefore
    const rateBefore = weightBefore > 0 ? expected[leaf]! / weightBefore : rateAfter
    const level = (rateBefore + rateAfter) / 2
    const change = rateAfter - rateBefore
    leaves.push({
      weightBefore,
      weightAfter,
      levelBefore: weightBefore * level,
      levelAfter: weightAfter * level,
      changeBefore: weightBefore * change,
      changeAfter: weightAfter * change,
    })
  }
  const all = leaves.reduce((sum, leaf) => combine(sum, leaf, 1), none)
  const [mix, rate] = [mixOf(all), rateOf(all)]
  const before = (all.levelBefore - all.changeBefore / 2) / all.weightBefore
  const after = (all.levelAfter + all.changeAfter / 2) / all.weightAfter
  return {
    count: leaves.length,
    before,
    after,
    mix: judge(
      mix,
      leaves.map((leaf) => mixOf(combine(all, leaf, -1))),
    ),
    rate: judge(
      rate,
      leaves.map((leaf) => rateOf(combine(all, leaf, -1))),
    ),
  }
}

const none: Totals = {
  weightBefore: 0,
  weightAfter: 0,
  levelBefore: 0,
  levelAfter: 0,
  changeBefore: 0,
  changeAfter: 0,
}

const combine = (sum: Totals, leaf: Totals, sign: 1 | -1): Totals => ({
  weightBefore: sum.weightBefore + sign * leaf.weightBefore,
  weightAfter: sum.weightAfter + sign * leaf.weightAfter,
  levelBefore: sum.levelBefore + sign * leaf.levelBefore,
  levelAfter: sum.levelAfter + sign * leaf.levelAfter,
  changeBefore: sum.changeBefore + sign * leaf.changeBefore,
  changeAfter: sum.changeAfter + sign * leaf.changeAfter,
})

/** Jackknife error of a value from what it is without each leaf; a few large influences have few degrees of freedom. */
function judge(value: number, without: readonly number[]): Part {
  const mean = without.reduce((sum, x) => sum + x, 0) / without.length
  let squares = 0
  let fourths = 0
  for (const x of without) {
    squares += (x - mean) ** 2
    fourths += (x - mean) ** 4
  }
  const error = Math.sqrt((squares * (without.length - 1)) / without.length)
  const freedom = Math.max(1, Math.min(without.length - 1, (squares * squares) / fourths - 1))
  return { value, error, freedom: Number.isFinite(freedom) ? freedom : 1 }
}
