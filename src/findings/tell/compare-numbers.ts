import { formatDay, formatNumber, formatProbability, type NumberStyle } from '../../base/format.ts'
import type { TestedNumbers } from '../finding.ts'

/** Chance under which a single test, asked again, still counts; it is one test then, not thousands. */
const holdsBelow = 0.01
/** Least share of the change that must be left. */
const changeLeftMin = 0.5

export interface Comparison {
  readonly holds: boolean
  /** In words: what differs, or why it does not hold. */
  readonly difference: string
}

/** Whether what a test says now still supports what it said before, and what is different. */
export function compareNumbers(
  before: TestedNumbers,
  after: TestedNumbers | null,
  { style, reason }: { readonly style: NumberStyle; readonly reason?: string },
): Comparison {
  if (!after) return { holds: false, difference: `cannot be tested any more: ${reason ?? 'no verdict'}` }
  const say = ({ observed, expected }: TestedNumbers) =>
    `${formatNumber(observed, style)} against ${formatNumber(expected, style)} expected`
  if (after.direction !== before.direction)
    return { holds: false, difference: `went the other way: ${say(after)}, before ${say(before)}` }
  if (after.pValue > holdsBelow)
    return { holds: false, difference: `may be chance now (p ${formatProbability(after.pValue)}): ${say(after)}` }
  const left = before.change === null || after.change === null ? 1 : after.change / before.change
  if (left < changeLeftMin) return { holds: false, difference: `is much smaller: ${say(after)}, before ${say(before)}` }
  const isSame = after.observed === before.observed && after.expected === before.expected && after.from === before.from
  if (isSame) return { holds: true, difference: 'exactly the same numbers' }
  const onset =
    after.from === before.from ? '' : `, since ${formatDay(after.from)} instead of ${formatDay(before.from)}`
  return { holds: true, difference: `${say(after)}, before ${say(before)}${onset}` }
}
