import type { Series } from '../../detectors/shapes.ts'
import { normal } from '../../stats/normal.ts'

/** Chance of taking blocks that know nothing of each other for ones that do. */
const chance = 0.05
/** Fewer blocks say nothing of what they remember. */
const blocksMin = 6

/**
 * Whether blocks of `block` periods follow from those before them beyond chance: what is held (a balance grows from where it stood), strong growth, and
 * memory that lasts longer than a block. They are not exchangeable then, and in another order they are no series in which nothing happens: it
 * jumps where one block meets the next. By the mean squared difference of neighbours in units of twice the variance (von Neumann 1941), which is
 * 1 ± √((n − 2) / (n² − 1)) for n blocks in any order.
 */
export function blocksRemember({ values, weights, excluded }: Series, block: number): boolean {
  const isUsed = (at: number) => !excluded?.[at] && Number.isFinite(values[at]!)
  const weigh = (at: number) => (weights ? Math.max(0, weights[at]!) || 0 : 1)
  const mean = (places: readonly number[], read: (at: number) => number): number => {
    const used = places.filter(isUsed)
    const total = used.reduce((sum, at) => sum + weigh(at), 0)
    return total > 0 ? used.reduce((sum, at) => sum + weigh(at) * read(at), 0) / total : Number.NaN
  }
  const places = Array.from(values, (_, at) => at)
  // a block in which single weekdays are no evidence must not look like another level
  const usual = Array.from({ length: block }, (_, phase) =>
    mean(
      places.filter((at) => at % block === phase),
      (at) => values[at]!,
    ),
  )
  const rest = values.length % block
  const levels = Array.from({ length: Math.floor(values.length / block) }, (_, at) =>
    mean(places.slice(rest + at * block, rest + (at + 1) * block), (one) => values[one]! - usual[one % block]!),
  ).filter(Number.isFinite)
  const { length } = levels
  if (length < blocksMin) return false
  const middle = levels.reduce((sum, level) => sum + level, 0) / length
  const variance = levels.reduce((sum, level) => sum + (level - middle) ** 2, 0) / length
  if (!(variance > 0)) return false
  const steps = levels.slice(1).reduce((sum, level, at) => sum + (level - levels[at]!) ** 2, 0) / (length - 1)
  const spread = Math.sqrt((length - 2) / (length ** 2 - 1))
  return normal.lowerTail((steps / (2 * variance) - 1) / spread) < chance
}
