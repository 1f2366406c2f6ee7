import { daysBetween } from '../base/periods.ts'
import type { Metric } from '../catalog/catalog.ts'
import type { Candidate, SliceSpace, TestedVerdict } from './candidate.ts'
import type { Controlled } from './errors/control-errors.ts'
import { type BesideTheRest, lookBesideTheRest } from './explain/beside-the-rest.ts'
import { isTurnover } from './explain/find-turnover.ts'
import { type Movement, measureMovement, type Window } from './explain/measure-movement.ts'
import { extentOf } from './extent.ts'
import { isParting } from './tell/pattern.ts'

/**
 * Floors below which a significant movement is still not worth a reader's minute. All must be passed; they are stated, not learnt.
 */
export const floors = {
  /** Share by which the slice moved; of a rate, of the outcome that is rarer. */
  change: 0.15,
  /** The same of a mean whose past is so steady that it is this strong: a rating that goes from 4.5 to 4.2. */
  steadyChange: 0.04,
  steadyStrength: 6,
  /** Movement in standard errors, by the slice's own past (`measureMovement`). */
  strength: 2.5,
  /** The same for what is left of a movement when another story is taken out: an estimate of an estimate. */
  remainderStrength: 5,
  /** Part of a slice's movement that all other rows made as well, from which on its share of them has to say that it moved, and how surely. */
  carried: 0.25,
  shareStrength: 3.5,
  /** Periods since the onset: older levels are what people have lived with for long. */
  days: 90,
  weeks: 13,
  /** What was over before this many days is no news any more. */
  overDays: 14,
} as const

const isLarge = ({ kind, extent, strength }: Movement): boolean =>
  extent >= (kind === 'mean' && Math.abs(strength) >= floors.steadyStrength ? floors.steadyChange : floors.change)

/** Whether a movement is large and surprising enough to be told. */
export const isNotable = (movement: Movement, strengthMin: number = floors.strength): boolean =>
  isLarge(movement) && Math.abs(movement.strength) >= strengthMin

/** Whether a verdict's own numbers say that it moved by too little, whatever its past; a mean by less than `ofMean`. */
export function isSmall(
  { kind, numbers: { change, expected } }: Pick<TestedVerdict, 'kind' | 'numbers'>,
  ofMean: number = floors.steadyChange,
): boolean {
  if (change === null) return false
  return extentOf(kind, { expected, units: 1, change }) < (kind === 'mean' ? ofMean : floors.change)
}

/** Why a verdict that held up is no candidate. */
export type Dismissal = 'steady' | 'old' | 'over' | 'small' | 'apart' | 'common' | 'turnover'

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
  const dismissal = dismissByNumbers(verdict, metric, { window, periods: space.periods, isPortrait })
  if (dismissal) return dismissal
  const parts = await space.partsOf(hypothesis.metric, hypothesis.slice, hypothesis.slice)
  const movement = parts && measureMovement({ parts, window, excluded: space.excluded, season: space.season })
  if (!parts || !movement) return 'small'
  const { slice, metric: name } = hypothesis
  const whole = isPortrait || slice.length === 0 ? undefined : await space.partsOf(name, [], [])
  const beside = whole && lookBesideTheRest({ ...space, parts, window }, movement, whole)
  const against = goAgainst(verdict, movement, beside)
  const moved = against ?? takeSurer(movement, beside)
  if (!isNotable(moved) || moved.strength > 0 !== (numbers.direction === 'up'))
    return beside?.share && !isApart(beside.share, numbers.direction) ? 'small' : 'apart'
  if (isParting(hypothesis.detector, slice) && beside?.share && !isApart(beside.share, numbers.direction))
    return 'small'
  if (beside && isCarried(moved, beside)) return 'common'
  if (!isPortrait && (await isTurnover({ verdict, window, movement: moved }, space))) return 'turnover'
  const net = beside?.share && beside.carried >= floors.carried ? beside.net : undefined
  return { verdict, qValue, parts, window, movement: moved, net, isAgainst: against !== undefined }
}

/** What a verdict's own numbers say against it. */
function dismissByNumbers(
  verdict: TestedVerdict,
  metric: Metric,
  { window, periods, isPortrait }: Pick<SliceSpace, 'periods'> & { window: Window; isPortrait: boolean },
): Dismissal | undefined {
  const { hypothesis, numbers } = verdict
  if (hypothesis.detector === 'trend') {
    if (!(numbers.direction === 'down' && metric.good === 'up')) return 'steady'
  } else if (!isPortrait && periods.length - window.from > (hypothesis.grain === 'week' ? floors.weeks : floors.days))
    return 'old'
  if (!isPortrait && numbers.to !== null && daysBetween(numbers.to, periods.at(-1)!) >= floors.overDays) return 'over'
  return isSmall(verdict) ? 'small' : undefined
}

/** Whether a slice's share of all rows moved though it hardly did itself: the others did. */
const isApart = (share: Movement, direction: string): boolean =>
  Math.abs(share.strength) >= floors.shareStrength && share.strength > 0 === (direction === 'up')

/**
 * A value that left its siblings and went against them: what all of them did hides a part of what it did itself, and its share of them says how much it is. From
 * half the floor on it is seen in its own rows as well.
 */
function goAgainst(
  { hypothesis: { detector, slice }, numbers: { direction } }: TestedVerdict,
  movement: Movement,
  beside: BesideTheRest | undefined,
): Movement | undefined {
  const share = beside?.share
  if (!share || !isParting(detector, slice) || !isApart(share, direction)) return undefined
  const isOwn = movement.change * share.change > 0 && Math.abs(movement.change) >= floors.change / 2
  if (!isOwn || Math.abs(movement.change) >= floors.change || Math.abs(share.change) < floors.change) return undefined
  const { expected, change, strength } = share
  return { ...movement, expected, change, extent: Math.abs(change), strength }
}

/** Seen as a share of all rows a movement is often surer: what moves all of them makes a slice's own past look restless. */
function takeSurer(movement: Movement, beside: BesideTheRest | undefined): Movement {
  const strength = beside?.share?.strength ?? 0
  const isSurer = strength * movement.strength > 0 && Math.abs(strength) > Math.abs(movement.strength)
  return isSurer ? { ...movement, strength } : movement
}

/** Whether a slice only went with all other rows: where these made a good part of its movement, only its share of them is evidence. */
function isCarried(movement: Movement, { net, carried, share }: BesideTheRest): boolean {
  if (!net) return false
  if (net.change * movement.change <= 0) return true
  const ofShare = share && share.strength * movement.strength > 0 ? Math.abs(share.strength) : 0
  if (share && carried >= floors.carried) return Math.abs(net.change) < floors.change || ofShare < floors.shareStrength
  return !isNotable({ ...net, strength: Math.max(Math.abs(net.strength), ofShare) })
}
