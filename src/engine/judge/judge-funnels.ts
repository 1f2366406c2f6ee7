import { addPeriods, type Day } from '../../base/periods.ts'
import { funnelShift } from '../../detectors/funnel-shift.ts'
import { countAgo, type Entrant, splitEntrants } from '../../hypotheses/funnels/build-conversions.ts'
import { createRandom } from '../../stats/random.ts'
import { pickNumbers, withSentence } from '../evidence/pick-numbers.ts'
import type { JudgedNumbers } from './judge-sibling.ts'

export interface FunnelTest {
  readonly entrants: readonly Entrant[]
  /** The day after the last one known. */
  readonly today: Day
  /** Of the detector. */
  readonly options: Readonly<Record<string, string | number | boolean>>
}

/**
 * Puts those who entered before `funnel_shift`: those who did lately and whose window is over against all before. A seed puts the weeks in which they
 * entered in another order first (null replicate).
 */
export function judgeFunnel({ entrants, today, options }: FunnelTest, permuteSeed?: number): JudgedNumbers {
  const chosen = funnelShift.options.parse(options)
  const { recent: recentDays, window: windowDays } = chosen
  const split = { today, recentDays, windowDays }
  const placeOf = permuteSeed === undefined ? {} : { placeOf: shuffleWeeks(entrants, split, permuteSeed) }
  const verdict = funnelShift.detect(splitEntrants(entrants, { ...split, ...placeOf }), chosen)
  if (verdict.status === 'untestable') return verdict
  const share = Math.min(1, Math.abs(verdict.change))
  const numbers = {
    ...pickNumbers(verdict, { share_of_whole: share, window_days: windowDays }),
    from: addPeriods(today, -windowDays - recentDays, 'day'),
    to: null,
    periods: recentDays,
  }
  return { status: 'tested', numbers: withSentence(numbers, verdict, funnelShift.name) }
}

function shuffleWeeks(
  [first]: readonly Entrant[],
  split: Parameters<typeof countAgo>[1],
  seed: number,
): (week: number) => number {
  const weeks = first === undefined ? 0 : Math.max(0, Math.ceil((countAgo(first.began, split) + 1) / 7))
  const order = createRandom(seed).shuffle(Array.from({ length: weeks }, (_, week) => week))
  return (week) => order[week] ?? week
}
