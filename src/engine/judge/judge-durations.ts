import { addPeriods, type Day, daysBetween } from '../../base/periods.ts'
import { durationShift } from '../../detectors/duration-shift.ts'
import { splitWaits, type Waiting } from '../../hypotheses/durations/build-durations.ts'
import { createRandom } from '../../stats/random.ts'
import { pickNumbers, withSentence } from '../evidence/pick-numbers.ts'
import type { JudgedNumbers } from './judge-sibling.ts'

export interface DurationTest {
  readonly members: readonly Waiting[]
  /** The day after the last one judged. */
  readonly today: Day
  /** Of the detector. */
  readonly options: Readonly<Record<string, string | number | boolean>>
}

/**
 * Puts members who wait before `duration_shift`: those who began lately against all before. A seed puts the weeks in which they began in another order
 * first (null replicate).
 */
export function judgeDurations({ members, today, options }: DurationTest, permuteSeed?: number): JudgedNumbers {
  const chosen = durationShift.options.parse(options)
  const { recent } = chosen
  const placeOf = permuteSeed === undefined ? {} : { placeOf: shuffleWeeks(members, today, permuteSeed) }
  const verdict = durationShift.detect(splitWaits(members, { today, recentDays: recent, ...placeOf }), chosen)
  if (verdict.status === 'untestable') return verdict
  const numbers = {
    ...pickNumbers(verdict, { share_of_whole: Math.min(1, Math.abs(verdict.change)) }),
    from: addPeriods(today, -recent, 'day'),
    to: null,
    periods: recent,
  }
  return { status: 'tested', numbers: withSentence(numbers, verdict, durationShift.name) }
}

function shuffleWeeks(members: readonly Waiting[], today: Day, seed: number): (week: number) => number {
  const [first] = members
  const weeks = first === undefined ? 0 : Math.ceil(daysBetween(first.began, today) / 7)
  const order = createRandom(seed).shuffle(Array.from({ length: weeks }, (_, week) => week))
  return (week) => order[week] ?? week
}
