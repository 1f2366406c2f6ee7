import { inScratch } from '../../stats/scratch.ts'
import { type Baseline, straightTrend, type Term } from './baseline.ts'
import { fitBaseline } from './fit-baseline.ts'
import { mergeShifts } from './merge-shifts.ts'
import { measureNoise, type Noise } from './noise.ts'
import type { Sample } from './sample.ts'
import { type Bend, scanBends } from './scan-bends.ts'
import { type Shift, scanShifts } from './scan-shifts.ts'
import { measureSkewness } from './skewness.ts'
import { whiten } from './whiten.ts'

export interface ChangeSearch {
  readonly sample: Sample
  /** The shift that stands out most, significant or not; undefined when none could be tried. */
  readonly strongest: Shift | undefined
  /** Shifts that held up, each given those found before it. */
  readonly shifts: readonly Shift[]
  /** Bends of the trend that explain better what looked like a shift. */
  readonly bends: readonly Bend[]
  /** With shifts and bends taken out. */
  readonly baseline: Baseline
  readonly noise: Noise
  /** The fit of season and straight trend alone. */
  readonly plain: Baseline
  readonly plainNoise: Noise
}

export const toStep = ({ from, to }: Shift): Term => ({ kind: 'step', from, to })
export const toBend = ({ from }: Bend): Term => ({ kind: 'bend', from })
const bendsMax = 2

type State = Pick<ChangeSearch, 'baseline' | 'noise'>
const pickState = ({ baseline, noise }: State): State => ({ baseline, noise })

interface Found<T> {
  readonly change: T
  /** With the change taken out, and the noise that is then left. */
  readonly baseline: Baseline
  readonly noise: Noise
}

/** A series whose best change has at least this p-value is calm: another look would not find more. */
const calmMin = 0.3
/** But where the first change was so striking that the noise left by it is hardly that of the best, the best is judged by its own. */
const strikingMax = 0.01
/** How often the noise is measured anew for a better change. */
const roundsMax = 3

/**
 * The best further change of one kind: found as if there were no memory (a change makes noise look like memory), then judged with
 * the noise that is left once it is taken out, so that a large change does not hide in the noise that it makes; again, if with
 * that noise another one is better. Where they take turns, the one that leaves least is it.
 */
function findFurther<T extends { readonly statistic: number; readonly pValue: number }>(
  sample: Sample,
  { baseline, noise }: State,
  scan: (baseline: Baseline, noise: Noise) => T | undefined,
  toTerm: (change: T) => Term,
): Found<T> | undefined {
  let change = scan(baseline, { ...noise, memory: 0 })
  let least: Found<T> | undefined
  for (let round = 0; change !== undefined; round++) {
    const start: Baseline = least?.baseline ?? baseline
    const without = fitBaseline(sample, [...baseline.terms, toTerm(change)], { start })
    const calm = measureNoise(without)
    const again = fitBaseline(sample, baseline.terms, { start: baseline, dispersion: without.dispersion })
    const best = scan(again, calm)
    if (best === undefined) return undefined
    const isCalm = best.pValue > calmMin && change.pValue > strikingMax
    if (isSamePlace(toTerm(change), toTerm(best)) || isCalm) return { change: best, baseline: without, noise: calm }
    const judged = { ...change, statistic: best.statistic, pValue: best.pValue }
    const found = { change: judged, baseline: without, noise: calm }
    if (!least || measureRest(found) < measureRest(least)) least = found
    if (round + 1 === roundsMax) return least
    change = best
  }
  return undefined
}

/** Log of the product of all points' innovation deviations: how much is left to chance. */
function measureRest({ baseline: { deviation }, noise }: State): number {
  let sum = 0
  for (let at = 0; at < deviation.length; at++) sum += Math.log(deviation[at]! * noise.spread)
  return sum
}

/** The fitted coefficient of a term. */
function readSize({ season, terms, coefficients }: Baseline, term: Term): number {
  return coefficients[season + terms.findIndex((one) => isSamePlace(one, term))] ?? 0
}

function isSamePlace(one: Term, other: Term): boolean {
  if (one.kind === 'step' && other.kind === 'step') return one.from === other.from && one.to === other.to
  return one.kind === 'bend' && other.kind === 'bend' && one.from === other.from
}

export const findShift = (sample: Sample, state: State): Found<Shift> | undefined =>
  findFurther(
    sample,
    state,
    (baseline, noise) =>
      inScratch(() => scanShifts(whiten(baseline, noise, sample.growth), measureSkewness(sample, baseline))),
    toStep,
  )

export const findBend = (sample: Sample, state: State): Found<Bend> | undefined =>
  findFurther(
    sample,
    state,
    (baseline, noise) => inScratch(() => scanBends(whiten(baseline, noise), sample.place)),
    toBend,
  )

/**
 * Minus twice the Gaussian log-likelihood of a fit, up to a constant, with residuals clipped and filtered: comparable between fits of
 * as many terms, all measured by the noise of `common`.
 */
function measureMisfit(sample: Sample, { baseline }: State, common: State): number {
  const { memory, spread } = common.noise
  const { dispersion } = common.baseline
  const { clipped, deviation } = fitBaseline(sample, baseline.terms, { start: baseline, dispersion })
  let total = 0
  for (let at = 0; at < sample.count; at++) {
    const innovation = clipped[at]! - (at > 0 ? memory * clipped[at - 1]! : 0)
    total += (innovation / spread) ** 2 + 2 * Math.log(deviation[at]!)
  }
  return total
}

/**
 * Finds shifts one after another (the sequential procedure of Bai and Perron 1998): each is the largest of all candidates given
 * those found before, and counts when its p-value among all candidates is below `alpha`. Where a bend of the trend explains more
 * than the best shift, the bend is taken out instead: growth that turns is not a shift of level.
 */
export function searchChanges(sample: Sample, alpha: number, shiftsMax: number): ChangeSearch {
  const baseline = fitBaseline(sample, [straightTrend])
  const untouched: Pick<ChangeSearch, 'sample' | 'plain' | 'plainNoise'> = {
    sample,
    plain: baseline,
    plainNoise: measureNoise(baseline),
  }
  let state: State = { baseline, noise: untouched.plainNoise }
  const shifts: Shift[] = []
  const bends: Bend[] = []
  let strongest: Shift | undefined
  while (shifts.length < shiftsMax) {
    const found = findShift(sample, state)
    if (!found) break
    if (found.change.pValue >= alpha) {
      strongest ??= found.change
      if (shifts.length + bends.length === 0) state = { baseline, noise: found.noise }
      break
    }
    const bend = bends.length < bendsMax ? findBend(sample, state) : undefined
    if (bend && measureMisfit(sample, bend, found) < measureMisfit(sample, found, found)) {
      bends.push(bend.change)
      state = bend
      continue
    }
    strongest ??= found.change
    shifts.push(found.change)
    state = found
  }
  const sizes = shifts.map((shift) => readSize(state.baseline, toStep(shift)))
  const merged = mergeShifts(shifts, sizes, sample.count)
  if (merged.length === shifts.length) return { ...untouched, strongest, shifts, bends, ...pickState(state) }
  const whole = fitBaseline(sample, [straightTrend, ...bends.map(toBend), ...merged.map(toStep)], {
    start: state.baseline,
  })
  return { ...untouched, strongest, shifts: merged, bends, baseline: whole, noise: measureNoise(whole) }
}
