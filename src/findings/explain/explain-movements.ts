import type { Slice } from '../../hypotheses/hypothesis.ts'
import type { Candidate, SliceSpace, Story } from '../candidate.ts'
import { floors, isNotable } from '../choose-candidates.ts'
import { isPattern } from '../tell/pattern.ts'
import { attributeMovements, type SortedStory } from './attribute-movements.ts'
import { beginTogether } from './compare-onsets.ts'
import { isSameSlice, isWithin } from './compare-slices.ts'
import type { Window } from './measure-movement.ts'
import { narrowLead, pairPenalty, sharpenLead, widenLead } from './place-lead.ts'
import { standsOut } from './stands-out.ts'
import { chooseShape } from './step-or-bend.ts'
import { move, owedShare, type Removed, takeOut } from './take-out.ts'

const storiesMax = 8
/** What went against all others is told by rows that hold this part of its movement. */
const heldMax = 0.5
/** A movement of which less than this has been told is none's remainder. */
const owedShareMin = 0.25

/**
 * Explains the movements of one metric by as few slices as do it.
 *
 * Of the slices that moved at one time the story is the one with the most explained deviance: a whole that moved evenly explains more
 * than any of its parts, a part that moved alone explains more than the whole it dilutes in, and a slice that merely shares rows with
 * it explains less than either. Its rows are then taken out of every other slice, by arithmetic on the scans' tables; what would not
 * be told without them told of the same, what still moves is a story of its own and goes round again. In the end each of the others is
 * put beside the story that it owes its movement to, or beside none. `almost` are parts of the candidates, and what these are parts
 * of, that did not hold up by themselves (see `narrowLead`).
 */
export async function explainMovements(
  candidates: readonly Candidate[],
  space: SliceSpace,
  almost: readonly Candidate[] = [],
): Promise<readonly Story[]> {
  const stories: SortedStory[] = []
  let open = [...candidates].sort(bySurprise)
  let removed: Removed = []
  while (open.length > 0 && stories.length < storiesMax) {
    const first = open[0]!
    const chosen = await chooseLead(open, first, removed, space)
    const placing = { almost, removed, space }
    const wider = await widenLead(chosen, open, placing)
    const placed = wider === chosen ? await narrowLead(chosen, placing) : wider
    const sharp = await sharpenLead(placed, open, space)
    const lead = chooseShape(sharp, [...open, ...almost], space)
    const { merged, shifted, left, explained } = await sortOut(open, lead, removed, space)
    stories.push({ merged, ...markFurther(leadShift(lead, shifted), removed) })
    removed = [...removed, ...explained]
    open = left
  }
  return attributeMovements(stories, space)
}

/** Notes in a lead what it is a part of that is told already. */
function markFurther<T extends Pick<SortedStory, 'lead'>>(story: T, removed: Removed): T {
  const furtherThan = removed.filter((one) => isWithin(story.lead.verdict.hypothesis.slice, one))
  return furtherThan.length > 0 ? { ...story, lead: { ...story.lead, furtherThan } } : story
}

const surprise = ({ movement }: Candidate): number => Math.abs(movement.strength)
const identify = ({ verdict }: Candidate): string => verdict.hypothesis.text
const lengthOf = ({ verdict }: Candidate): number => verdict.hypothesis.slice.length
const bySurprise = (a: Candidate, b: Candidate): number =>
  surprise(b) - surprise(a) || lengthOf(a) - lengthOf(b) || (identify(a) < identify(b) ? -1 : 1)

const overlaps = (a: Window, b: Window): boolean => a.from < b.to && b.from < a.to

async function chooseLead(
  open: readonly Candidate[],
  first: Candidate,
  removed: Removed,
  space: SliceSpace,
): Promise<Candidate> {
  let best = first
  let most = -1
  // what goes against a whole that was told is all that is left of it
  const parts = removed.filter((one) => one.length > 0)
  for (const candidate of open) {
    if (!overlaps(candidate.window, first.window) || !beginTogether(candidate, first, space.season)) continue
    const movement = move(await takeOut(candidate, parts, space), first.window, space)
    if (!movement) continue
    const size = movement.size / pairPenalty ** Math.max(0, lengthOf(candidate) - 1)
    if (size > most * (1 + 1e-9)) [best, most] = [candidate, size]
  }
  best = await widen(best, open, first, removed, space)
  // Several detectors saw the slice: the one whose window shows the movement best tells it.
  const same = open.filter(
    ({ verdict, window }) =>
      isSameSlice(verdict.hypothesis.slice, best.verdict.hypothesis.slice) && overlaps(window, first.window),
  )
  return same.sort(isCarried(same) ? byOwnSurprise : byPlainness)[0] ?? best
}

/** Net of all other rows a season that takes them along is no part of a movement, and does not date it. */
const isCarried = (same: readonly Candidate[]): boolean => same.some(({ net }) => net)

const ownSurprise = ({ net, movement }: Candidate): number => Math.abs((net ?? movement).strength)
const byOwnSurprise = (a: Candidate, b: Candidate): number => ownSurprise(b) - ownSurprise(a) || byPlainness(a, b)
const byPlainness = (a: Candidate, b: Candidate): number =>
  Number(isPattern(a.verdict)) - Number(isPattern(b.verdict)) || bySurprise(a, b)

/** Part of a slice's change by which the rest of a wider slice has to move, and no more than its reciprocal, to have moved alike. */
const alikeMin = 0.5

/**
 * Of sums and means the deviance is in units of each slice's own noise, so that a part of small and even amounts explains more than the whole that moved
 * with it. Where all the rest of a slice of one condition less moved alike, that one is the story, and so on.
 */
async function widen(
  best: Candidate,
  open: readonly Candidate[],
  first: Candidate,
  removed: Removed,
  space: SliceSpace,
): Promise<Candidate> {
  const { window } = first
  const { kind, hypothesis } = best.verdict
  if (kind !== 'amount' && kind !== 'mean') return best
  const own = move(await takeOut(best, removed, space), window, space)
  if (!own) return best
  const wider = open.filter((candidate) => {
    const { slice } = candidate.verdict.hypothesis
    const isWider = slice.length === hypothesis.slice.length - 1 && isWithin(hypothesis.slice, slice)
    return isWider && overlaps(candidate.window, window) && beginTogether(candidate, first, space.season)
  })
  for (const candidate of wider) {
    const isUnsummed = space.addsUp?.(hypothesis.metric) === false
    if (isUnsummed && hypothesis.slice.length > 1 && movedAlike(best, candidate, open, window))
      return widen(candidate, open, first, removed, space)
    const rest = move(await takeOut(candidate, [...removed, hypothesis.slice], space), window, space)
    const ratio = rest && rest.change / own.change
    if (rest && ratio && isNotable(rest) && ratio >= alikeMin && ratio <= 1 / alikeMin)
      return widen(candidate, open, first, removed, space)
  }
  return best
}

/** Whether another value of the field that the wider slice leaves open moved alike: of medians, whose rest no difference tells, this says that all of it did. */
function movedAlike(best: Candidate, wider: Candidate, open: readonly Candidate[], window: Window): boolean {
  const whole = wider.verdict.hypothesis.slice
  const own = best.verdict.hypothesis.slice
  return open.some((one) => {
    const { slice } = one.verdict.hypothesis
    const isSibling = slice.length === own.length && isWithin(slice, whole) && !isSameSlice(slice, own)
    const ratio = one.movement.change / best.movement.change
    return (
      isSibling &&
      sharesFields(slice, own) &&
      overlaps(one.window, window) &&
      ratio >= alikeMin &&
      ratio <= 1 / alikeMin
    )
  })
}

const sharesFields = (a: Slice, b: Slice): boolean => a.every(({ field }) => b.some((one) => one.field === field))

interface Sorting extends Pick<SortedStory, 'merged' | 'shifted'> {
  readonly left: Candidate[]
  readonly explained: readonly Slice[]
}

async function sortOut(
  open: readonly Candidate[],
  lead: Candidate,
  removed: Removed,
  space: SliceSpace,
): Promise<Sorting> {
  const others = open.filter(({ verdict }) => verdict !== lead.verdict)
  // first of all: a part of what went over is explained by it, whichever of them is more surprising
  const shifted = others.filter((candidate) => isShifted(candidate, lead, space.season))
  const explained = [lead, ...shifted].map(({ verdict }) => verdict.hypothesis.slice)
  const merged: Candidate[] = []
  const left: Candidate[] = []
  for (const candidate of others) {
    if (shifted.includes(candidate)) continue
    const isTold = await tellsTheSame(candidate, lead, [...removed, ...explained], space)
    ;(isTold ? merged : left).push(candidate)
  }
  return { merged, shifted, left, explained }
}

/** Whether what one value of the lead's field lost is what another gained: rows that went over, not two stories. */
function isShifted(candidate: Candidate, lead: Candidate, season: number): boolean {
  const [own, other] = [candidate.verdict.hypothesis.slice, lead.verdict.hypothesis.slice]
  const [a, b] = [candidate.movement, lead.movement]
  if (own.length !== other.length || own.length === 0) return false
  if (!own.every(({ field }) => other.some((one) => one.field === field))) return false
  if (isSameSlice(own, other) || a.strength * b.strength > 0) return false
  const [lost, gained] = [b.actual - b.expected, a.actual - a.expected]
  return beginTogether(candidate, lead, season) && Math.abs(lost + gained) < 0.5 * Math.abs(lost)
}

/** Of logarithms of q-values: what has more than this many times another's is far surer. */
const farSurer = 2

/** Of rows that went over, the side that is far surer leads: a tenth gained is seen less surely by a small value than by the one that lost it. */
function leadShift(lead: Candidate, shifted: readonly Candidate[]): Pick<SortedStory, 'lead' | 'shifted'> {
  const surest = shifted.reduce((best, one) => (one.qValue < best.qValue ? one : best), lead)
  if (Math.log(surest.qValue) >= farSurer * Math.log(lead.qValue)) return { lead, shifted }
  return { lead: surest, shifted: [lead, ...shifted.filter((one) => one !== surest)] }
}

async function tellsTheSame(
  candidate: Candidate,
  lead: Candidate,
  explained: Removed,
  space: SliceSpace,
): Promise<boolean> {
  const { slice } = candidate.verdict.hypothesis
  const { movement, window } = candidate
  if (explained.some((one) => isWithin(slice, one))) {
    const isOpposite = movement.strength * lead.movement.strength < 0 && isWithin(slice, lead.verdict.hypothesis.slice)
    if (isOpposite) return isSameSlice(slice, lead.verdict.hypothesis.slice)
    return !(await standsOut(candidate, explained, space))
  }
  const rest = move(await takeOut(candidate, explained, space), window, space)
  if (!rest) return true
  if (candidate.isAgainst) {
    // by itself it is hardly notable, with or without those rows
    const own = move(candidate.parts, window, space)
    return own !== undefined && owedShare(own, rest) >= heldMax
  }
  const isRemainder = owedShare(movement, rest) >= owedShareMin
  return !isNotable(rest, isRemainder ? floors.remainderStrength : floors.strength) || rest.change * movement.change < 0
}
