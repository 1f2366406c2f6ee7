import { daysBetween } from '../base/periods.ts'
import type { Metric } from '../catalog/catalog.ts'
import type { Candidate, SliceSpace, TestedVerdict } from './candidate.ts'
import type { Controlled } from './errors/control-errors.ts'
import { isTurnover } from './explain/find-turnover.ts'
import { type Movement, measureMovement, type Window } from './explain/measure-movement.ts'
import { subtractParts } from './explain/parts.ts'

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

/** Why a verdict that held up is no candidate. */
export type Dismissal = 'steady' | 'old' | 'over' | 'small' | 'common' | 'turnover'

/** Where the affected periods lie among those of the space. */
function locateWindow({ numbers }: TestedVerdict, { periods }: SliceSpace): Window | undefined {
  const from = numbers.from === null ? -1 : periods.indexOf(numbers.from)
  const to = numbers.to === null ? periods.length : periods.indexOf(numbers.to)
  return from >= 0 && to > from ? { from, to } : undefined
}

/**
 * A verdict as a candidate for a finding, or why it is none: too old, too small, in line with how the slice moves by itself, one more value
 * of a field in which they come and go, or a steady trend in the direction that is usual (growth is not news; a good thing that steadily shrinks is). Of a model that is looked at as a whole
 * nothing is too old.
 */
export async function toCandidate(
  { verdict, qValue }: Controlled,
  metric: Metric,
  space: SliceSpace,
  isPortrait = false,
): Promise<Candidate | Dismissal> {
  const { hypothesis, numbers } = verdict
  const window = locateWindow(verdict, space)
  if (!window) return 'old'
  if (hypothesis.detector === 'trend' && !(numbers.direction === 'down' && metric.good === 'up')) return 'steady'
  const age = space.periods.length - window.from
  if (
    !isPortrait &&
    hypothesis.detector !== 'trend' &&
    age > (hypothesis.grain === 'week' ? floors.weeks : floors.days)
  )
    return 'old'
  if (!isPortrait && numbers.to !== null && daysBetween(numbers.to, space.periods.at(-1)!) >= floors.overDays)
    return 'over'
  if (numbers.change !== null && Math.abs(numbers.change) < floors.change) return 'small'
  const parts = await space.partsOf(hypothesis.metric, hypothesis.slice, hypothesis.slice)
  const movement = parts && measureMovement({ parts, window, excluded: space.excluded, season: space.season })
  if (!parts || !movement || !isNotable(movement)) return 'small'
  if (movement.strength > 0 !== (numbers.direction === 'up')) return 'small'
  if (!isPortrait && (await followsTheRest(hypothesis, { parts, window, movement }, space))) return 'common'
  if (!isPortrait && (await isTurnover({ verdict, window, movement }, space))) return 'turnover'
  return { verdict, qValue, parts, window, movement }
}

/**
 * Whether a slice only went with all other rows: a season or a market that takes everything along shows in thousands of slices, and in some of them
 * by chance a little more. What is left of its movement once what is expected of it moved as they did is then not notable. The others count as far as
 * they are known; where everything moved, the whole is the story.
 */
async function followsTheRest(
  { metric, slice }: TestedVerdict['hypothesis'],
  { parts, window, movement }: Pick<Candidate, 'parts' | 'window' | 'movement'>,
  space: SliceSpace,
): Promise<boolean> {
  const whole = slice.length > 0 ? await space.partsOf(metric, [], []) : undefined
  if (!whole) return false
  const { excluded, season } = space
  const others = measureMovement({ parts: subtractParts(whole, parts), window, excluded, season })
  if (!others || others.change * movement.change <= 0) return false
  const common = 1 + Math.max(0, 1 - 1 / others.size) * others.change
  const net = measureMovement({ parts, window, excluded, season, common })
  return net !== undefined && !(isNotable(net) && net.change * movement.change > 0)
}
