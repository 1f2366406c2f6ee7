import type { Detector } from './detector.ts'
import { levelShift } from './level-shift.ts'
import { outlier } from './outlier.ts'
import { trend } from './trend.ts'
import { trendChange } from './trend-change.ts'

/** All detectors, in the order in which the reference lists them. Names are stored: never rename one. */
export const detectors: readonly Detector[] = [
  outlier as Detector,
  levelShift as Detector,
  trend as Detector,
  trendChange as Detector,
]

/** The detector of a `test` step, if there is one by this name. */
export function findDetector(name: string): Detector | undefined {
  return detectors.find((detector) => detector.name === name)
}
