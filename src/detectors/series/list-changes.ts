import type { Series } from '../shapes.ts'
import { straightTrend } from './baseline.ts'
import { cutPieces } from './cut-pieces.ts'
import { fitBaseline } from './fit-baseline.ts'
import { holdSpikes } from './hold-spikes.ts'
import { type Sample, takeSample } from './sample.ts'
import { takeSeasonOut } from './take-season-out.ts'
import { testBreak } from './test-break.ts'

/** A place where one straight piece of a series ends and another begins: a new level, a new slope, or both. */
export interface Change {
  /** First index of the new regime. */
  readonly index: number
  /**
   * The chance of such a break between the change before and the one after if the line went straight on and the noise has the memory it
   * shows. Near 1 where the piece is short or wanders: a change to the eye, which says nothing about tomorrow.
   */
  readonly pValue: number
  /** Mean value from the change before to this one, and from this one to the next. */
  readonly before: number
  readonly after: number
}

/** A change must explain at least this share of all that the series moves: what is less is not seen in its picture. */
const visibleMin = 0.025
/** A piece is at least this share of the series, and so many points. */
const pieceMin = { share: 0.03, points: 3 } as const
/** And be this unlikely as noise with the memory that the picture shows. */
const alpha = 1e-3
/** Fewest points that are searched. */
const countMin = 12

/** Values without season and lone outliers, on a scale between that of growth and that of the picture, which is that of counts too. */
function flatten(sample: Sample): Float64Array {
  const level = sample.season > 1 ? takeSeasonOut(sample, fitBaseline(sample, [straightTrend])) : sample.value
  const isNonNegative = level.every((x) => x >= 0)
  return holdSpikes(isNonNegative ? level.map(Math.sqrt) : level)
}

interface Break {
  readonly at: number
  readonly pValue: number
}

/** Drops the least sure of the places until all that are left stand out from the noise beside them. */
function keepSure(times: Int32Array, values: Float64Array, places: readonly number[]): readonly Break[] {
  let left = places
  for (;;) {
    const tests = left.map((at, k) => ({
      at,
      ...testBreak({ times, values, from: left[k - 1] ?? 0, to: left[k + 1] ?? values.length }, at),
    }))
    const worst = tests.reduce((most, one) => Math.max(most, one.pSeen), 0)
    if (worst <= alpha) return tests
    const dropped = tests.findIndex(({ pSeen }) => pSeen === worst)
    left = left.filter((_, k) => k !== dropped)
  }
}

/**
 * The changes that somebody who looks at the series' picture would mark, as a description for people and files: the series cut into
 * straight pieces of which each is worth its price (`visibleMin`), less those that noise draws as well. It is no test: whether anything
 * happened is what the verdict says, and memory strong enough to wander is told as changes. Weights are not looked at. Empty where there
 * is no change or too little to tell.
 */
export function listChanges(series: Series, season: number): readonly Change[] {
  const sample = takeSample(series, season)
  const { count, value, place } = sample
  if (count < countMin || value.every((x) => x === value[0])) return []
  const values = flatten(sample)
  const least = Math.max(pieceMin.points, Math.round(pieceMin.share * count))
  const breaks = keepSure(place, values, cutPieces(place, values, { share: visibleMin, least }))
  const mean = (from: number, to: number) => value.subarray(from, to).reduce((sum, x) => sum + x, 0) / (to - from)
  return breaks.map(({ at, pValue }, k) => ({
    index: place[at]!,
    pValue,
    before: mean(breaks[k - 1]?.at ?? 0, at),
    after: mean(at, breaks[k + 1]?.at ?? count),
  }))
}
