import type { Random } from '../../stats/random.ts'
import type { Series } from '../shapes.ts'

/** A mean around 100 that scatters by 10, and by `factor` times that in its last `recent` days. */
export function drawNoisy(random: Random, length: number, recent: number, factor: number): Series {
  const values = Float64Array.from(
    { length },
    (_, at) => 100 + 10 * random.normal() * (at >= length - recent ? factor : 1),
  )
  const firstMs = Date.UTC(2025, 0, 6)
  const at = Array.from({ length }, (_, day) => new Date(firstMs + day * 86_400_000).toISOString().slice(0, 10))
  return { at, values, grain: 'day', kind: 'mean' }
}
