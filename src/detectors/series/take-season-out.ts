import type { Baseline } from './baseline.ts'
import type { Sample } from './sample.ts'

/** Values as if every season were the average one: divided on the log scale, shifted otherwise; shares stay as they are. */
export function takeSeasonOut({ count, season, phase, value, link }: Sample, { coefficients }: Baseline): Float64Array {
  let center = 0
  for (let k = 0; k < season; k++) center += coefficients[k]! / season
  const level = new Float64Array(count)
  for (let at = 0; at < count; at++) {
    const off = coefficients[phase[at]!]! - center
    level[at] = link === 'log' ? value[at]! * Math.exp(-off) : link === 'identity' ? value[at]! - off : value[at]!
  }
  return level
}
