import { binomial } from '../../stats/binomial.ts'
import type { StoredVerdict } from '../finding.ts'

/** Tests on series that were permuted in time, and how many of them were surer than one in a thousand. */
export interface ReplicateCount {
  readonly tested: number
  readonly far: number
}

/** By detector. */
export type ReplicateCounts = Readonly<Record<string, ReplicateCount>>

/** A detector that its replicates caught being too sure. */
export interface Tightened extends ReplicateCount {
  readonly detector: string
  /** Its p-values are raised to this power, below 1. */
  readonly exponent: number
}

/** p-value up to which a replicate counts: as far out as some weeks of replicates can tell of. */
export const farTail = 0.001
/** Chance of suspecting a good detector, all detectors of a cycle together. */
const suspicion = 0.001
/** Days over which replicates are added up: a detector that is mended is trusted again after as many. */
export const replicateDays = 28

/** What the replicates of a cycle gave. */
export function countReplicates(replicates: readonly StoredVerdict[]): ReplicateCounts {
  const counts: Record<string, ReplicateCount> = {}
  for (const verdict of replicates) {
    if (verdict.status !== 'tested') continue
    const { tested, far } = counts[verdict.hypothesis.detector] ?? { tested: 0, far: 0 }
    const isFar = verdict.numbers.pValue <= farTail
    counts[verdict.hypothesis.detector] = { tested: tested + 1, far: far + Number(isFar) }
  }
  return counts
}

export function addReplicates(all: readonly ReplicateCounts[]): ReplicateCounts {
  const sums: Record<string, ReplicateCount> = {}
  for (const [detector, { tested, far }] of all.flatMap((counts) => Object.entries(counts))) {
    const sum = sums[detector] ?? { tested: 0, far: 0 }
    sums[detector] = { tested: sum.tested + tested, far: sum.far + far }
  }
  return sums
}

/**
 * The detectors whose replicates were surer than one in a thousand more often than that, beyond what chance explains, and by how much their
 * p-values have to be weakened. On a permuted series nothing began at any time, so that such a p-value is false. What is told is far beyond one in a thousand,
 * where replicates are too few to count: the tail is taken to be a power, P(p ≤ x) = x^b, which is what tails do that are heavier than thought,
 * and p^b is then a p-value again.
 */
export function tightenDetectors(counts: ReplicateCounts): readonly Tightened[] {
  const detectors = Object.entries(counts)
  return detectors.flatMap(([detector, { tested, far }]) => {
    if (far === 0 || binomial.upperTail(far, tested, farTail) > suspicion / detectors.length) return []
    return [{ detector, tested, far, exponent: Math.log(far / tested) / Math.log(farTail) }]
  })
}
