import { formatCount } from '../../base/format.ts'
import { type Day, daysBetween } from '../../base/periods.ts'
import type { Withheld } from '../../hypotheses/data/profile-model.ts'
import { type Dismissal, floors, isSmall } from '../choose-candidates.ts'
import type { Controlled } from '../errors/control-errors.ts'

type Reason = Exclude<Dismissal, 'apart'> | 'unsure' | 'pattern'

/** Continues "tests that …". */
const words: Readonly<Record<Reason, string>> = {
  small: `moved by less than ${100 * floors.change}% (rates: of what is rarer), or by little beside their own noise`,
  old: `began more than ${floors.days} days ago`,
  over: `were over ${floors.overDays} days ago or earlier`,
  steady: 'are steady trends, such as growth',
  common: 'only went with all other rows',
  turnover: 'are of fields whose values come and go',
  pattern: 'are patterns too small to matter, or part of a story that is not told',
  unsure: 'are not sure enough as stories, where all that tells the same counts once',
}

interface Told {
  readonly lead: Controlled
  readonly merged: readonly Controlled[]
}

export interface Telling {
  readonly stories: readonly Told[]
  /** Stories that the ledger did not let through. */
  readonly unsure: readonly Told[]
  /** Stories of which it is said one by one why they are not told. */
  readonly explained: readonly Told[]
  readonly dismissed: ReadonlyMap<Controlled['verdict'], Dismissal>
  /** Last full day judged. */
  readonly asOf: Day
}

const verdictsOf = (stories: readonly Told[]): ReadonlySet<Controlled['verdict']> =>
  new Set(stories.flatMap(({ lead, merged }) => [lead, ...merged].map(({ verdict }) => verdict)))

/** Why tests that held up are not told, counted by reason: somebody who reads that forty held up and sees three findings asks where the others are. */
export function countUntold(heldUp: readonly Controlled[], telling: Telling): readonly Withheld[] {
  const known = verdictsOf([...telling.stories, ...telling.explained])
  const unsure = verdictsOf(telling.unsure)
  const untold = heldUp.map(({ verdict }) => verdict).filter((verdict) => !known.has(verdict))
  const groups = Map.groupBy(untold, (verdict): Reason => {
    if (unsure.has(verdict)) return 'unsure'
    const dismissal = telling.dismissed.get(verdict) ?? dateOf(verdict, telling.asOf) ?? 'pattern'
    return dismissal === 'apart' ? 'small' : dismissal
  })
  if (untold.length === 0) return []
  const counts = [...groups].sort(([, a], [, b]) => b.length - a.length)
  return [
    {
      what: `${formatCount(untold.length)} of ${formatCount(heldUp.length)} tests that held up are not told`,
      why: counts.map(([reason, { length }]) => `${words[reason]} (${formatCount(length)})`).join('; '),
    },
  ]
}

function dateOf(verdict: Controlled['verdict'], asOf: Day): Reason | undefined {
  const { from, to } = verdict.numbers
  if (to !== null && daysBetween(to, asOf) >= floors.overDays) return 'over'
  if (from !== null && daysBetween(from, asOf) > floors.days) return 'old'
  return isSmall(verdict) ? 'small' : undefined
}
