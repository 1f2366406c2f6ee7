import { type Baseline, straightTrend, type Term } from './baseline.ts'
import { fitBaseline } from './fit-baseline.ts'
import { measureNoise, type Noise } from './noise.ts'
import type { Sample } from './sample.ts'
import { type Candidate, scanShifts } from './scan-shifts.ts'
import { measureSkewness } from './skewness.ts'
import { whiten } from './whiten.ts'

/** One change of level that held: [from, to) of the sample, `to` its length when it lasts. */
export interface Shift extends Candidate {}

export interface ShiftSearch {
  readonly sample: Sample
  /** The shift that stands out most, significant or not. */
  readonly strongest: Candidate | undefined
  /** Those whose own p-value, given the others before, is below `alpha`, in the order found. */
  readonly shifts: readonly Shift[]
  /** With the shifts taken out. */
  readonly baseline: Baseline
  readonly noise: Noise
}

const toTerm = ({ from, to }: Candidate): Term => ({ kind: 'step', from, to })

/** The best further shift given `terms`, its noise measured with that shift taken out as well. */
function findNext(
  sample: Sample,
  baseline: Baseline,
  noise: Noise,
): { found: Candidate; baseline: Baseline; noise: Noise } | undefined {
  const first = scanShifts(whiten(baseline, noise), measureSkewness(sample, baseline))
  if (!first) return undefined
  const withShift = fitBaseline(sample, [...baseline.terms, toTerm(first)], { start: baseline })
  const calm = measureNoise(withShift)
  const again = fitBaseline(sample, baseline.terms, { start: baseline, dispersion: withShift.dispersion })
  const found = scanShifts(whiten(again, calm), measureSkewness(sample, again))
  if (!found) return undefined
  const isSame = found.from === first.from && found.to === first.to
  const after = isSame ? withShift : fitBaseline(sample, [...baseline.terms, toTerm(found)], { start: withShift })
  return { found, baseline: after, noise: isSame ? calm : measureNoise(after) }
}

/**
 * Finds shifts one after another (the sequential procedure of Bai and Perron 1998): each is the largest of all candidates given
 * those found before, and counts when its p-value among all candidates is below `alpha`. Noise is measured with the candidate
 * taken out, so that a large shift does not hide in the noise that it makes.
 */
export function searchShifts(sample: Sample, alpha: number, shiftsMax: number): ShiftSearch {
  let baseline = fitBaseline(sample, [straightTrend])
  let noise = measureNoise(baseline)
  const shifts: Shift[] = []
  let strongest: Candidate | undefined
  while (shifts.length < shiftsMax) {
    const next = findNext(sample, baseline, noise)
    if (!next) break
    strongest ??= next.found
    if (next.found.pValue >= alpha) {
      if (shifts.length === 0) noise = next.noise
      break
    }
    shifts.push(next.found)
    baseline = next.baseline
    noise = next.noise
  }
  return { sample, strongest, shifts, baseline, noise }
}
