import { mean } from './moments.ts'
import { normal } from './normal.ts'
import { quantileOfSorted } from './quantile.ts'
import type { Random } from './random.ts'

/** Members left out one at a time, at most; more are left out in groups. */
const groupsMax = 200

export interface BootstrapOptions {
  readonly random: Random
  readonly draws?: number
  readonly level?: number
}

/**
 * The interval of any statistic by resampling (Efron 1987): bias corrected and accelerated, falling back to percentiles
 * where the statistic does not vary when members are left out. `sizes` is how many members (accounts) each sample has;
 * `measure` computes the statistic of the members chosen in each (places, some of them several times). Draws whose
 * statistic is NaN are left out; all NaN gives NaN. Reads well from about 20 members; costs `draws` + 200 times `measure`.
 */
export function bootstrap(
  sizes: readonly number[],
  measure: (chosen: readonly Int32Array[]) => number,
  { random, draws = 2000, level = 0.95 }: BootstrapOptions,
) {
  const value = measure(sizes.map((size) => Int32Array.from({ length: size }, (_, at) => at)))
  const chosen = sizes.map((size) => new Int32Array(size))
  const drawn = new Float64Array(draws)
  let count = 0
  let below = 0
  for (let draw = 0; draw < draws; draw++) {
    for (const sample of chosen)
      for (let i = 0; i < sample.length; i++) sample[i] = Math.floor(random.uniform() * sample.length)
    const again = measure(chosen)
    if (Number.isNaN(again)) continue
    drawn[count++] = again
    below += again < value ? 1 : again === value ? 0.5 : 0
  }
  const sorted = drawn.subarray(0, count).sort()
  if (count === 0) return { value, low: Number.NaN, high: Number.NaN }
  const bias = normal.quantile(Math.min(1 - 0.5 / count, Math.max(0.5 / count, below / count)))
  const acceleration = accelerate(sizes, measure)
  const place = (score: number) => {
    const shifted = bias + score
    return normal.lowerTail(bias + shifted / (1 - acceleration * shifted))
  }
  const score = normal.quantile((1 - level) / 2)
  return {
    value,
    low: quantileOfSorted(sorted, place(score)),
    high: quantileOfSorted(sorted, place(-score)),
  }
}

/**
 * A sixth of the skewness of what each member moves the statistic by (Davison and Hinkley 1997, section 5.3, for several
 * samples).
 */
function accelerate(sizes: readonly number[], measure: (chosen: readonly Int32Array[]) => number): number {
  let [cubes, squares] = [0, 0]
  const whole = sizes.map((size) => Int32Array.from({ length: size }, (_, at) => at))
  sizes.forEach((size, sample) => {
    const groups = Math.min(size, groupsMax)
    if (groups < 2) return
    const without = Float64Array.from({ length: groups }, (_, group) =>
      measure(whole.map((all, other) => (other === sample ? all.filter((at) => at % groups !== group) : all))),
    )
    const center = mean(without)
    for (const left of without) {
      const influence = ((groups - 1) * (center - left)) / groups
      cubes += influence ** 3
      squares += influence ** 2
    }
  })
  const acceleration = squares > 0 ? cubes / (6 * squares ** 1.5) : 0
  return Number.isFinite(acceleration) ? Math.max(-0.25, Math.min(0.25, acceleration)) : 0
}
