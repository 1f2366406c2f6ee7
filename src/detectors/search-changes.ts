import { type Baseline, straightTrend, type Term } from './baseline.ts'
import { fitBaseline } from './fit-baseline.ts'
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
  /** Shifts that held up, each given those before it, in the order found. */
  readonly shifts: readonly Shift[]
  /** Bends of the trend that explain better what looked like a shift. */
  readonly bends: readonly Bend[]
  /** With shifts and bends taken out. */
  readonly baseline: Baseline
  readonly noise: Noise
}

export const toStep = ({ from, to }: Shift): Term => ({ kind: 'step', from, to })
export const toBend = ({ from }: Bend): Term => ({ kind: 'bend', from })
const bendsMax = 2

interface Found<T> {
  readonly change: T
  /** With the change taken out, and the noise that is then left. */
  readonly baseline: Baseline
  readonly noise: Noise
}

/**
 * The best further change of one kind: found with the noise at hand, then judged with the noise that is left once it is taken
 * out, so that a large change does not hide in the noise that it makes.
 */
function findFurther<T>(
  sample: Sample,
  { baseline, noise }: { readonly baseline: Baseline; readonly noise: Noise },
  scan: (baseline: Baseline, noise: Noise) => T | undefined,
  toTerm: (change: T) => Term,
): Found<T> | undefined {
  const takeOut = (change: T, start: Baseline) => fitBaseline(sample, [...baseline.terms, toTerm(change)], { start })
  const first = scan(baseline, noise)
  if (first === undefined) return undefined
  const without = takeOut(first, baseline)
  const calm = measureNoise(without)
  const again = fitBaseline(sample, baseline.terms, { start: baseline, dispersion: without.dispersion })
  const change = scan(again, calm)
  if (change === undefined) return undefined
  if (JSON.stringify(toTerm(change)) === JSON.stringify(toTerm(first)))
    return { change, baseline: without, noise: calm }
  const after = takeOut(change, without)
  return { change, baseline: after, noise: measureNoise(after) }
}

type State = Pick<ChangeSearch, 'baseline' | 'noise'>

export const findShift = (sample: Sample, state: State): Found<Shift> | undefined =>
  findFurther(
    sample,
    state,
    (baseline, noise) => scanShifts(whiten(baseline, noise), measureSkewness(sample, baseline)),
    toStep,
  )

export const findBend = (sample: Sample, state: State): Found<Bend> | undefined =>
  findFurther(sample, state, (baseline, noise) => scanBends(whiten(baseline, noise), sample.place), toBend)

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
  let state: State = { baseline, noise: measureNoise(baseline) }
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
  return { sample, strongest, shifts, bends, baseline: state.baseline, noise: state.noise }
}
