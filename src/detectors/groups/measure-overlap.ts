import type { Conversion } from '../shapes.ts'

export interface Overlap {
  /** Covariance of the two groups' shares as the units in both groups show it. */
  readonly seen: number
  /** The same, of units that stay as they are and whose own parts vary by 1. */
  readonly possible: number
  /** Part of the weight that units in both groups have, 0..1. */
  readonly part: number
}

/** A group as far as it is compared: its share, and what each unit counts for in it (all together 1). */
interface Group {
  readonly units: readonly Conversion[]
  readonly share: number
  readonly weigh: (unit: Conversion) => number
}

const none: Overlap = { seen: 0, possible: 0, part: 0 }

/**
 * What two groups have in common: units that are in both bring their own ways into both shares, and these cancel in the difference.
 * Known by the units' `account`; without it there is no overlap. The covariance is the one of the paired t test where all units are in
 * both groups and count alike, and without bias where not.
 */
export function measureOverlap(first: Group, second: Group): Overlap {
  const earlier = new Map<number, Conversion>()
  for (const unit of first.units) if (unit.account !== undefined) earlier.set(unit.account, unit)
  if (earlier.size === 0) return none
  const pairs = second.units.flatMap((unit) => {
    const before = unit.account === undefined ? undefined : earlier.get(unit.account)
    if (!before) return []
    const apart = before.converted / before.entered - first.share
    const product = apart * (unit.converted / unit.entered - second.share)
    return [{ own: first.weigh(before), other: second.weigh(unit), product }]
  })
  const possible = pairs.reduce((sum, { own, other }) => sum + own * other, 0)
  let [seen, part] = [0, 0]
  for (const { own, other, product } of pairs) {
    // each unit is part of the shares that it is compared with
    seen += (own * other * product) / Math.max(0.1, 1 - own - other + possible)
    part += (own + other) / 2
  }
  return { seen, possible, part: Math.min(1, part) }
}
