import { normal } from '../../stats/normal.ts'
import { studentT } from '../../stats/student-t.ts'
import { straightTrend, type Term } from './baseline.ts'
import { fitBaseline } from './fit-baseline.ts'
import { freedomOfStep } from './noise.ts'
import type { Shift } from './scan-shifts.ts'
import type { ChangeSearch } from './search-changes.ts'
import { testDirection } from './test-direction.ts'

/** Fewest points since the level returned: fewer are no level. */
const pointsMin = 7
/** Seasons that a level has to hold to become the usual one: what is shorter interrupted it. As many weeks as movements are compared with. */
const seasonsMin = 8
/** What is told of the end of a stretch has to be as sure as this. */
const sureMax = 1e-4

/**
 * A stretch that ended, told by its end where that is what people see: when the new level held for eight seasons and for longer than the time since, it had
 * become the usual one, and its end is a fall (or rise) that lasts until today. The p-value is that of the step at the end, given the level before it,
 * corrected for as many looks as the stretch, and no less than that of the stretch: the same change, told from today.
 */
export function turnRecent(
  { sample, noise, baseline }: ChangeSearch,
  shift: Shift,
  others: readonly Term[],
): Shift | undefined {
  const { count, season } = sample
  const since = count - shift.to
  const held = shift.to - shift.from
  if (since < pointsMin || since >= held || held < seasonsMin * season) return undefined
  const lasting = fitBaseline(sample, [straightTrend, ...others, { kind: 'step', from: shift.from, to: count }], {
    start: baseline,
    dispersion: baseline.dispersion,
  })
  const end = { ...shift, from: shift.to, to: count }
  const column = Float64Array.from({ length: count }, (_, at) => (at >= end.from ? 1 : 0))
  const { statistic, change, error } = testDirection(lasting, noise, column)
  const score = studentT.approachNormal(statistic, freedomOfStep(noise, since, true))
  const pValue = Math.min(1, 2 * shift.looks * normal.upperTail(Math.abs(score)))
  if (pValue > sureMax || Math.sign(change) === Math.sign(shift.change)) return undefined
  return { ...end, statistic: score, change, error, pValue: Math.max(pValue, shift.pValue) }
}
