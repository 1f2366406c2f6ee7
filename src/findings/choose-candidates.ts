import { daysBetween } from '../base/periods.ts'
import type { Metric } from '../catalog/catalog.ts'
import type { Candidate, SliceSpace, TestedVerdict } from './candidate.ts'
import type { Controlled } from './errors/control-errors.ts'
import { type Movement, measureMovement, type Window } from './explain/measure-movement.ts'

/**
 * Floors below which a significant movement is still not worth a reader's minute. All must be passed; they are stated, not learnt.
 */
export const floors = {
  /** Share by which the slice moved. */
  change: 0.15,
  /** Movement in standard errors, by the slice's own past (`measureMovement`). */
  strength: 2.5,
  /** The same for what is left of a movement when another story is taken out: an estimate of an estimate. */
  remainderStrength: 5,
  /** Periods since the onset: older levels are what people have lived with for long. */
  days: 90,
  weeks: 13,
  /** What was over before this many days is no news any more. */
  overDays: 14,
} as const

/** Whether a movement is large and surprising enough to be told. */
export const isNotable = ({ change, strength }: Movement, strengthMin: number = floors.strength): boolean =>
  Math.abs(change) >= floors.change && Math.abs(strength) >= strengthMin

/** Where the affected periods lie among those of the space. */
export function locateWindow({ numbers }: TestedVerdict, { periods }: SliceSpace): Window | undefined {
  const from = numbers.from === null ? -1 : periods.indexOf(numbers.from)
  const to = numbers.to === null ? periods.length : periods.indexOf(numbers.to)
  return from >= 0 && to > from ? { from, to } : undefined
}

/**
 * A verdict as a candidate for a finding, or nothing: too old, too small, in line with how the slice moves by itself, or a steady
 * trend in the direction that is usual (growth is not news; a good thing that steadily shrinks is). Of a model that is looked at as a whole
 * nothing is too old.
 */
export async function toCandidate(
  { verdict, qValue }: Controlled,
  metric: Metric,
  space: SliceSpace,
  isPortrait = false,
): Promise<Candidate | undefined> {
  const { hypothesis, numbers } = verdict
  const window = locateWindow(verdict, space)
  if (!window) return undefined
  if (hypothesis.detector === 'trend' && !(numbers.direction === 'down' && metric.good === 'up')) return undefined
  const age = space.periods.length - window.from
  if (
    !isPortrait &&
    hypothesis.detector !== 'trend' &&
    age > (hypothesis.grain === 'week' ? floors.weeks : floors.days)
  )
    return undefined
  if (!isPortrait && numbers.to !== null && daysBetween(numbers.to, space.periods.at(-1)!) >= floors.overDays)
    return undefined
  if (numbers.change !== null && Math.abs(numbers.change) < floors.change) return undefined
  const parts = await space.partsOf(hypothesis.metric, hypothesis.slice, hypothesis.slice)
  const movement = parts && measureMovement({ parts, window, excluded: space.excluded, season: space.season })
  if (!parts || !movement || !isNotable(movement)) return undefined
  if (movement.strength > 0 !== (numbers.direction === 'up')) return undefined
  return { verdict, qValue, parts, window, movement }
}
