import { allocate } from '../../stats/scratch.ts'
import type { Baseline } from './baseline.ts'
import type { Sample } from './sample.ts'

/** Values as if every season were the average one: divided on the log scale, shifted otherwise; shares stay as they are. */
export function takeSeasonOut({ count, season, phase, value, link }: Sample, { coefficients }: Baseline): Float64Array {
  let center = 0
  for (let k = 0; k < season; k++) center += coefficients[k]! / season
  const factor = allocate(season).fill(1)
  const shift = allocate(season)
  for (let k = 0; k < season; k++) {
    const off = coefficients[k]! - center
    if (link === 'log') factor[k] = Math.exp(-off)
    else if (link === 'identity') shift[k] = off
  }
  const level = allocate(count)
  for (let at = 0; at < count; at++) level[at] = value[at]! * factor[phase[at]!]! - shift[phase[at]!]!
  return level
}
