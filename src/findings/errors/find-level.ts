import { type Day, daysBetween } from '../../base/periods.ts'

/** What one cycle spent of the promised rate, and what it found for it. */
export interface Spending {
  readonly asOf: Day
  /** The level that new stories were judged at. */
  readonly level: number
  /** Stories told for the first time. */
  readonly discoveries: number
  /** Those it would have told at most, had one of its p-values been 0. */
  readonly discoveriesMax: number
}

/** Days after which what was spent, and what was found, counts half. */
export const halfLifeDays = 90
/** Of what is left one cycle spends half: today's cycle does not leave tomorrow's with nothing. */
const spentShare = 0.5

/**
 * The level that the new stories of a cycle are judged at, so that the promised rate holds over all cycles and not in each anew: a cycle a day at
 * the full rate would tell some ten false stories a year of a company in which nothing happens. Batches as in BatchBH (Zrnic, Jiang, Ramdas and
 * Jordan 2020), forgotten with time (after the decaying memory of Ramdas, Yang, Wainwright and Jordan 2017): with d = ½^(days / 90), at any day
 *
 *     Σ level · d R⁺ / max(1, d R⁺ + Σ over the others d R) ≤ rate
 *
 * bounds the share of false ones among the stories first told in the last months. The first cycle has half of the rate, one after half a
 * year of silence at least three eighths; daily cycles that find nothing come down to a hundredth of it, and each discovery earns
 * some back. Where nothing ever happens the sum bounds the chance of any false story within a memory, whatever the cycles have to
 * do with each other; for the rest they would have to be independent, which cycles over the same history are not: `bench/ledger.ts`
 * measures what comes of it.
 */
export function findLevel(past: readonly Spending[], asOf: Day, rate: number, halfLife: number = halfLifeDays): number {
  const kept = past.map((one) => ({ ...one, weight: 2 ** (-Math.max(0, daysBetween(one.asOf, asOf)) / halfLife) }))
  const found = kept.reduce((sum, { weight, discoveries }) => sum + weight * discoveries, 0)
  const spent = kept.reduce((sum, { weight, level, discoveries, discoveriesMax }) => {
    const own = weight * discoveriesMax
    return sum + (level * own) / Math.max(1, own + found - weight * discoveries)
  }, 0)
  return Math.max(0, rate - spent) * spentShare
}
