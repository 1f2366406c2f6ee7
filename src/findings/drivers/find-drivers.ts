import type { Slice } from '../../hypotheses/hypothesis.ts'
import type { Candidate, SliceSpace } from '../candidate.ts'
import { measureMovement } from '../explain/measure-movement.ts'

export interface Driver {
  readonly slice: Slice
  /** Share of the movement that lies in the slice, 0..1. */
  readonly share: number
}

const driversMax = 3
/** A driver holds at least this share of the movement, and this many times its share of what was expected. */
const shareMin = 0.25
const liftMin = 1.15

/**
 * Slices of other fields in which the movement lies more than their volume says: where to look next. Nothing when it is spread evenly.
 * `values` are the slices of single fields that were looked at; shares of one field add up to 1, those of several overlap.
 */
export async function findDrivers(
  lead: Candidate,
  values: readonly Slice[],
  space: SliceSpace,
): Promise<readonly Driver[]> {
  const { metric, slice } = lead.verdict.hypothesis
  const { actual, expected } = lead.movement
  const whole = actual - expected
  const found: Driver[] = []
  for (const value of values) {
    if (slice.some(({ field }) => value.some((one) => one.field === field))) continue
    const parts = await space.partsOf(metric, [...slice, ...value], slice)
    const inside =
      parts && measureMovement({ parts, window: lead.window, excluded: space.excluded, season: space.season })
    if (!inside) continue
    const share = (inside.actual - inside.expected) / whole
    if (share < shareMin || share > 1.5 || share < liftMin * (inside.expected / expected)) continue
    found.push({ slice: value, share: Math.min(1, Math.round(share * 1000) / 1000) })
  }
  return found.sort((a, b) => b.share - a.share).slice(0, driversMax)
}
