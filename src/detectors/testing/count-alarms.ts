import { createRandom } from '../../stats/random.ts'
import type { Detector } from '../detector.ts'
import { findSeriesDetector } from '../index.ts'
import { type Life, simulateSeries } from './simulate-series.ts'

export interface Alarms {
  readonly tested: number
  /** How many p-values were at most each of the levels asked for, in their order. */
  readonly counts: readonly number[]
  readonly least: number
}

/** Runs a detector on `rounds` series in which nothing happens. */
export function countAlarms(name: string, life: Life, rounds: number, levels: readonly number[], seed: number): Alarms {
  const detector = findSeriesDetector(name) as Detector
  const options = detector.options.parse({})
  const random = createRandom(seed)
  const counts = levels.map(() => 0)
  let tested = 0
  let least = 1
  for (let round = 0; round < rounds; round++) {
    const verdict = detector.detect(simulateSeries(random, life), options)
    if (verdict.status !== 'tested') continue
    tested++
    least = Math.min(least, verdict.pValue)
    levels.forEach((level, k) => {
      if (verdict.pValue <= level) counts[k] = counts[k]! + 1
    })
  }
  return { tested, counts, least }
}

/** The most alarms among `tested` that a test of this level gives, but for one time in a thousand. */
export const alarmsMax = (tested: number, level: number): number =>
  Math.ceil(tested * level + 3.1 * Math.sqrt(tested * level * (1 - level)) + 1)
