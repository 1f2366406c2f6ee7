import { chanceAt, type RunLaw, stickinesses } from './run-law.ts'

/** A run in the sample, [from, to), and its chance under "nothing happened". */
export interface Run {
  readonly from: number
  readonly to: number
  /** Chance that a run which starts there lasts so long. */
  readonly chance: number
  /** Chance of one at least as unlikely anywhere in the stretch that was searched. */
  readonly pValue: number
}

/** What is needed to follow a run point by point; the arrays are overwritten. */
interface Walk {
  readonly law: RunLaw
  readonly phase: Int32Array
  /** Chance of a point by what stands behind it (rows of a share); 0 where unknown. */
  readonly least: Float64Array
  readonly products: Float64Array
  readonly again: Float64Array
}

/**
 * Chance of a run from `from` that lasts until `to`, or, if sooner, until it is at most `limit` and has passed `reach`. Places that the run comes by
 * several times teach it about themselves (Pólya's urn), so that a chance known from few periods is not taken for exact.
 */
function follow(walk: Walk, from: number, to: number, limit: number, reach: number): number {
  const { law, phase, least, products, again } = walk
  again.fill(0)
  products.set(law.stickiness)
  let chance = 1
  for (let at = from; at < to; at++) {
    const own = phase[at]!
    const usual = Math.max(least[at]!, chanceAt(law, own, again[own]!))
    again[own] = again[own]! + 1
    chance = 0
    for (let k = 0; k < products.length; k++) {
      const c = stickinesses[k]!
      products[k] = products[k]! * (at === from ? usual : c + (1 - c) * usual)
      chance += products[k]!
    }
    if (chance <= limit && at >= reach) return chance
  }
  return chance <= limit ? chance : 0
}

/** Runs that began before the stretch count if they reach into it; so rare ones do not. */
const negligible = 1e-3
const beforeMax = 400

/** The least likely of the runs of `happens` that reach into [start, end of the sample), paid for all places where one could have begun. */
export function weighRuns(
  happens: Uint8Array,
  start: number,
  law: RunLaw,
  phase: Int32Array,
  least: Float64Array,
): Run | undefined {
  const count = happens.length
  const walk: Walk = {
    law,
    phase,
    least,
    products: new Float64Array(stickinesses.length),
    again: new Float64Array(law.seenAt.length),
  }
  let best: Omit<Run, 'pValue'> | undefined
  for (let at = start; at < count; at++) {
    if (happens[at] === 0) continue
    let from = at
    while (from > 0 && happens[from - 1] === 1) from--
    let to = at + 1
    while (to < count && happens[to] === 1) to++
    const chance = follow(walk, from, to, 1, to)
    if (!best || chance < best.chance) best = { from, to, chance }
    at = to
  }
  if (!best) return undefined
  const limit = best.chance * (1 + 1e-9)
  let none = 0
  for (let from = count - 1; from >= Math.max(0, start - beforeMax); from--) {
    // it did not happen on the point before, or the run would have begun there
    const free = from > 0 ? 1 - chanceAt(law, phase[from - 1]!, 0) : 1
    const chance = free * follow(walk, from, count, limit, start)
    none += Math.log1p(-Math.min(chance, 1 - 1e-12))
    if (from < start && chance > 0 && chance < negligible * limit) break
  }
  return { ...best, pValue: Math.min(1, Math.max(1e-300, -Math.expm1(none))) }
}
