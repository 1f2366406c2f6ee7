import type { Candidate, SliceSpace } from '../candidate.ts'
import { isNotable } from '../choose-candidates.ts'
import { isCalmWithout } from './calm-without.ts'
import { beginTogether } from './compare-onsets.ts'
import { isWithin } from './compare-slices.ts'
import { standsOut } from './stands-out.ts'
import { move, owedShare, type Removed, takeOut } from './take-out.ts'

/** Part of a slice's movement that a part of it has to hold to tell it. */
const heldMin = 0.8
/** How much more a second condition must explain than its parent, since there are many pairs to choose from. */
export const pairPenalty = 1.2

/** Pairs that held up and share a value, from which on the value may be what moved. */
const pairsMin = 3

interface Placing {
  /** Parts of slices that held up, and slices that these are parts of, which began to move at that time and are not sure enough by themselves. */
  readonly almost: readonly Candidate[]
  readonly removed: Removed
  readonly space: SliceSpace
}

/**
 * The part of a slice that made its movement, where the slice held up and the part did not: among thousands of pairs a pair has to be far surer than a
 * value. That something moved is known from the slice; where in it is a matter of how much each part explains. The part holds four fifths of the
 * movement at least, explains more than the whole slice does (which dilutes it in rows that did not move), and what is left of the slice is nothing to tell.
 */
export async function narrowLead(lead: Candidate, { almost, removed, space }: Placing): Promise<Candidate> {
  const { slice } = lead.verdict.hypothesis
  const own = move(await takeOut(lead, removed, space), lead.window, space)
  if (!own) return lead
  let [best, most] = [lead, own.size]
  for (const candidate of almost) {
    const part = candidate.verdict.hypothesis.slice
    if (part.length !== slice.length + 1 || !isWithin(part, slice)) continue
    if (!beginTogether(candidate, lead, space.season) || candidate.movement.strength * own.strength <= 0) continue
    const movement = move(await takeOut(candidate, removed, space), lead.window, space)
    const size = (movement?.size ?? 0) / (part.length > 1 ? pairPenalty : 1)
    if (size <= most * (1 + 1e-9)) continue
    const rest = move(await takeOut(lead, [...removed, part], space), lead.window, space)
    if (rest && (isNotable(rest) || owedShare(own, rest) < heldMin)) continue
    ;[best, most] = [{ ...candidate, qValue: lead.qValue }, size]
  }
  return best
}

/**
 * The value of which several pairs held up, where it did not by itself and explains more than any of them: one version of an SDK that is used no more, and not its users
 * by region, by plan and by country, each told for itself.
 */
export async function widenLead(
  lead: Candidate,
  open: readonly Candidate[],
  { almost, removed, space }: Placing,
): Promise<Candidate> {
  const { slice } = lead.verdict.hypothesis
  const own = slice.length > 1 ? move(await takeOut(lead, removed, space), lead.window, space) : undefined
  if (!own) return lead
  let [best, most] = [lead, own.size * pairPenalty]
  for (const candidate of almost) {
    const whole = candidate.verdict.hypothesis.slice
    if (whole.length !== slice.length - 1 || !isWithin(slice, whole)) continue
    if (!beginTogether(candidate, lead, space.season) || candidate.movement.strength * own.strength <= 0) continue
    const parts = open.filter(
      (one) => isWithin(one.verdict.hypothesis.slice, whole) && one.movement.strength * own.strength > 0,
    )
    if (parts.length < pairsMin) continue
    const size = move(await takeOut(candidate, removed, space), lead.window, space)?.size ?? 0
    if (size > most * (1 + 1e-9)) [best, most] = [{ ...candidate, qValue: lead.qValue }, size]
  }
  return best
}

/**
 * The part of a slice that held up by itself, went much further than the rest of it (`standsOut`), and without which the slice is calm: payments by card in Germany, where nobody
 * else in Germany fails more often. What it takes for that, five standard errors, a slice that moved evenly does not show by chance.
 */
export async function sharpenLead(lead: Candidate, open: readonly Candidate[], space: SliceSpace): Promise<Candidate> {
  const { slice } = lead.verdict.hypothesis
  for (const candidate of open) {
    const part = candidate.verdict.hypothesis.slice
    if (part.length !== slice.length + 1 || !isWithin(part, slice)) continue
    if (!beginTogether(candidate, lead, space.season) || candidate.movement.strength * lead.movement.strength <= 0)
      continue
    if (!(await standsOut(candidate, [slice], space))) continue
    if ((await isCalmWithout(lead, part, [], space)) === true) return candidate
  }
  return lead
}
