import type { Hypothesis } from '../../hypotheses/hypothesis.ts'
import { aboutOf } from '../tell/pattern.ts'

/** What the weight of a test depends on: where it stands in the tree of families, never its rows. */
export type PlacedTest = Pick<Hypothesis, 'model' | 'metric' | 'slice' | 'with' | 'by'> &
  Partial<Pick<Hypothesis, 'detector' | 'origin'>>

/** Fields whose values were put beside each other stand where those values do, whichever of them is told. */
const fieldsOf = ({ slice, by }: PlacedTest): readonly string[] => by ?? slice.map(({ field }) => field)

function nameLevel(test: PlacedTest): string {
  if (test.with) return test.detector === 'lead_lag' ? 'pair of metrics' : 'pair of measures'
  return aboutOf(test.detector ?? '') ?? String(fieldsOf(test).length)
}

/** All that a language model suggested is one family, so that a suggestion does not cost every metric of the catalog a part of its weight. */
const nameFamily = (test: PlacedTest): string => {
  if (test.origin === 'suggested') return 'suggested'
  const { model, metric, with: other } = test
  return [model, metric, other?.metric, ...[...fieldsOf(test)].sort()].join('\n')
}

/**
 * Weights of all tests of a cycle, from the top of the tree down: wholes, values of one field, pairs of values, pairs of measures, pairs of metrics over time, single accounts, cohorts, durations, goals, funnels, first days and distributions each get the
 * same part of the promised rate, and within each of them each family (one metric by one set of fields) the same part. There are few wholes and
 * thousands of pairs: without weights a fall of a whole metric has to be as certain as one in a slice among thousands. The mean is 1, so that
 * the weighted procedure of Benjamini and Hochberg (Genovese, Roeder and Wasserman 2006) keeps the same rate over all of them together.
 */
export function weighTests(tests: readonly PlacedTest[]): Float64Array {
  const levels = new Map<string, Map<string, { tests: number }>>()
  const places = tests.map((test) => {
    const level = nameLevel(test)
    const families = levels.get(level) ?? new Map<string, { tests: number }>()
    levels.set(level, families)
    const name = nameFamily(test)
    const family = families.get(name) ?? { tests: 0 }
    families.set(name, family)
    family.tests += 1
    return { families, family }
  })
  return Float64Array.from(
    places,
    ({ families, family }) => tests.length / (levels.size * families.size * family.tests),
  )
}
