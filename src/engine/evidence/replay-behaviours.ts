import { readFirstDays } from '../../hypotheses/behaviours/build-strata.ts'
import { judgeBehaviour } from '../judge/judge-behaviours.ts'
import type { Replayed, ReplayInput } from './replay-test.ts'

/** Those who began, judged again, one row each: whether it came back over whether it did it, by what they are compared within. The picture has both shares. */
export function replayBehaviours({ finding, test, rows, columns }: ReplayInput): Replayed {
  const members = readFirstDays({ columns, rows, did: test.time, cameBack: test.measure, within: test.by })
  // a hypothesis of a template is about a value of what they do
  const judged = judgeBehaviour(members, { isAuthored: finding.slice.length === 0 })
  if (judged.status === 'untestable') return { ...judged, series: [] }
  const { observed, expected } = judged.numbers
  return {
    ...judged,
    series: [],
    members: [
      { label: 'did it', value: observed, isSubject: true },
      { label: 'did not, as active', value: expected, isSubject: false },
    ],
  }
}
