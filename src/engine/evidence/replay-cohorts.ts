import { Failure } from '../../base/failure.ts'
import type { Cohorts } from '../../detectors/shapes.ts'
import type { Evidence } from '../../findings/evidence.ts'
import type { TestedNumbers } from '../../findings/finding.ts'
import { buildCohorts } from '../../hypotheses/cohorts/build-cohorts.ts'
import { judgeCohorts } from '../judge/judge-cohorts.ts'
import type { Replayed, ReplayInput } from './replay-test.ts'

/** Cohorts, judged again: one row a cohort and age, the columns of age and size after `by`. */
export function replayCohorts({ context, finding, test, rows, columns }: ReplayInput): Replayed {
  const [age, size] = test.by
  if (age === undefined || size === undefined)
    throw new Failure(
      `\`${test.detector}\` compares cohorts, and the test does not name the columns of their age and size`,
      {
        code: 'test-does-not-fit',
        hint: 'Name both after `by`, as in `test retention_shift retained over cohort by period, cohort_size`.',
      },
    )
  const of = { columns, rows, cohort: test.time, age, size, retained: test.measure }
  const cohorts = buildCohorts(of, finding.grain, context.calendar)
  const judged = judgeCohorts(cohorts, test.options)
  return { ...judged, series: judged.status === 'tested' ? drawAge(cohorts, judged.numbers) : [] }
}

/** The share of each cohort at the age at which the difference shows most, and what the earlier ones let expect of the later. */
function drawAge(
  { at, size, retained }: Cohorts,
  { details, from, expected, low, high }: TestedNumbers,
): Evidence['series'] {
  const age = Number(details.age)
  const start = at.indexOf(from ?? '')
  return at.map((cohort, place) => {
    const share = retained[place]![age]! / size[place]!
    const isJudged = place >= start
    return {
      at: cohort,
      value: Number.isFinite(share) ? share : null,
      expected: isJudged ? expected : null,
      low: isJudged ? low : null,
      high: isJudged ? high : null,
    }
  })
}
