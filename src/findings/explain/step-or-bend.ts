import type { Candidate, SliceSpace } from '../candidate.ts'
import { bendsInto, isBend } from './compare-onsets.ts'
import { isSameSlice } from './compare-slices.ts'
import { learnPace } from './measure-movement.ts'

const isStep = ({ verdict }: Candidate): boolean => verdict.hypothesis.detector === 'level_shift'

/** Twice the log likelihood that a period loses by what was predicted of it, as for counts. */
const loseBy = (actual: number, predicted: number): number =>
  predicted > 0 && actual >= 0
    ? 2 * ((actual > 0 ? actual * Math.log(actual / predicted) : 0) - (actual - predicted))
    : 0

/** A share of what is expected is the least that a straight line predicts. */
const leastShare = 0.02

/**
 * Whether a step that began at `step` predicts the periods from a bend on better than a straight line that leaves what is expected at the bend.
 */
function fitsStep({ parts, window: { from, to } }: Candidate, step: number, space: SliceSpace): boolean {
  const pace = learnPace({ ...space, parts }, from)
  if (!pace) return false
  const periods = Array.from({ length: to - from }, (_, at) => from + at).filter((at) => !space.excluded[at])
  const rampAt = (at: number) => (at - from + 0.5) / (to - from)
  let [all, allExpected, ramp, after, afterExpected] = [0, 0, 0, 0, 0]
  for (const at of periods) {
    const [actual, expected] = [parts.total[at]!, pace.expected(at)]
    all += actual
    allExpected += expected
    ramp += expected * rampAt(at)
    if (at < step) continue
    after += actual
    afterExpected += expected
  }
  if (!(ramp > 0 && afterExpected > 0 && after >= 0)) return false
  const [slope, times] = [(all - allExpected) / ramp, after / afterExpected]
  let difference = 0
  for (const at of periods) {
    const [actual, expected] = [parts.total[at]!, pace.expected(at)]
    difference += loseBy(actual, expected * Math.max(leastShare, 1 + slope * rampAt(at)))
    difference -= loseBy(actual, expected * (at < step ? 1 : times))
  }
  return difference > 0
}

/**
 * The step in place of a bend, where both saw the slice and the step predicts it better: a bend that is fitted to a step begins some two weeks before it, and tells
 * half of it.
 */
export function chooseShape(lead: Candidate, others: readonly Candidate[], space: SliceSpace): Candidate {
  if (!isBend(lead)) return lead
  const { slice } = lead.verdict.hypothesis
  const steps = others
    .filter((one) => {
      const isOfSlice = isSameSlice(one.verdict.hypothesis.slice, slice)
      const lasts = one.window.to === lead.window.to && one.window.from > lead.window.from
      return isStep(one) && isOfSlice && lasts && one.movement.change * lead.movement.change > 0 && bendsInto(one, lead)
    })
    .sort((a, b) => a.qValue - b.qValue)
  const step = steps.find(({ window }) => fitsStep(lead, window.from, space))
  return step ? { ...step, qValue: Math.min(step.qValue, lead.qValue) } : lead
}
