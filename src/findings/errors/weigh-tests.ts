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

/** Parts of the promised rate: most of what happens to a team happens to all of a metric, to a value of a field, or to a pair of values. */
const levelParts: Readonly<Record<string, number>> = { 0: 2, 1: 4, 2: 2 }
/** Parts of a family: a new level, a slow one, a day out of line and a value that left the others are most of what happens to a series. */
const detectorParts: Readonly<Record<string, number>> = { level_shift: 3, trend_change: 2, outlier: 2, divergence: 2 }

const partOf = ({ detector = '' }: PlacedTest): number => detectorParts[detector] ?? 1

/**
 * Weights of all tests of a cycle, from the top of the tree down. Wholes, values of one field, pairs of values, pairs of measures, pairs of metrics over time, single accounts, cohorts, durations, goals, funnels, first days and distributions each get a
 * part of the promised rate (`levelParts`; of the others one each), within each of them each family (one metric by one set of fields) the same part, and in a family each test by its detector. There are few wholes and
 * thousands of pairs: without weights a fall of a whole metric has to be as certain as one in a slice among thousands. They do not look at rows, and their mean is 1, so that
 * the weighted procedure of Benjamini and Hochberg (Genovese, Roeder and Wasserman 2006) keeps the same rate over all of them together.
 */
export function weighTests(tests: readonly PlacedTest[]): Float64Array {
  const levels = new Map<string, Map<string, { parts: number }>>()
  const places = tests.map((test) => {
    const level = nameLevel(test)
    const families = levels.get(level) ?? new Map<string, { parts: number }>()
    levels.set(level, families)
    const name = nameFamily(test)
    const family = families.get(name) ?? { parts: 0 }
    families.set(name, family)
    family.parts += partOf(test)
    return { level, families, family }
  })
  const partOfLevel = (level: string): number => levelParts[level] ?? 1
  const all = [...levels.keys()].reduce((sum, level) => sum + partOfLevel(level), 0)
  return Float64Array.from(places, ({ level, families, family }, at) => {
    const ofLevel = (tests.length * partOfLevel(level)) / all
    return (ofLevel / families.size) * (partOf(tests[at]!) / family.parts)
  })
}
