import { expectLeaves } from '../../detectors/causes/expect-leaves.ts'
import { explainChange } from '../../detectors/causes/explain-change.ts'
import { listCuboids } from '../../detectors/causes/list-cuboids.ts'
import { testSlices } from '../../detectors/causes/test-slices.ts'
import type { Leaves } from '../../detectors/shapes.ts'
import type { SliceValue } from '../../hypotheses/hypothesis.ts'
import type { Member } from './expect-members.ts'
import type { Driver } from './find-drivers.ts'

/** Fewest leaves in which slices can be told from chance. */
const leavesMin = 12
/** How seldom some slice departs as much by chance. */
const chanceMax = 0.01
/** A slice with less of the movement is no driver. */
const shareMin = 0.1
const shareMost = 1.5

/** Members as the search wants them: values by number. */
export function toLeaves(fields: readonly string[], members: readonly Member[]): Leaves {
  const coded = fields.map((_, at) => {
    const texts = members.map(({ keys }) => JSON.stringify(keys[at] ?? null))
    const labels = [...new Set(texts)].sort()
    const places = new Map(labels.map((label, place) => [label, place]))
    return { labels, codes: Int32Array.from(texts, (text) => places.get(text)!) }
  })
  const weighed = members.some(({ weight }) => weight !== undefined)
  return {
    fields,
    labels: coded.map(({ labels }) => labels),
    codes: coded.map(({ codes }) => codes),
    actual: Float64Array.from(members, ({ actual }) => actual),
    expected: Float64Array.from(members, ({ expected }) => expected),
    ...(weighed && {
      weight: {
        actual: Float64Array.from(members, ({ weight }) => weight?.actual ?? 0),
        expected: Float64Array.from(members, ({ weight }) => weight?.expected ?? 0),
      },
    }),
  }
}

/**
 * The fewest slices, of one field or several, that explain a movement. None where it is spread as evenly as chance would spread it; undefined
 * where there are too few leaves to say.
 */
export function searchDrivers(leaves: Leaves): readonly Driver[] | undefined {
  if (leaves.actual.length < leavesMin) return undefined
  const test = testSlices(expectLeaves(leaves), listCuboids(leaves), 1)
  if (!test) return undefined
  if (test.pValue > chanceMax) return []
  return explainChange(leaves)
    .causes.filter(({ slice, share }) => slice.length > 0 && share >= shareMin && share <= shareMost)
    .map(({ slice, share }) => ({
      slice: slice.map(({ field, value }): SliceValue => ({ field, value: JSON.parse(value) })),
      share: Math.min(1, Math.round(share * 1000) / 1000),
    }))
    .sort((a, b) => b.share - a.share)
}
