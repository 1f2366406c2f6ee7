import type { Random } from '../../stats/random.ts'
import type { Leaves } from '../shapes.ts'

export type LeafMeasure = 'count' | 'money' | 'ratio' | 'mean'

/** A company cut as finely as it goes, twice: what was expected of each leaf is what was counted the period before. */
export interface LeafWorld {
  readonly measure: LeafMeasure
  /** Number of values of each field. */
  readonly values: readonly number[]
  /** Rows in all leaves together. */
  readonly rows: number
  /** Standard deviation of the logarithm of a leaf's size: 0 is all alike, 2 a few that are nearly everything. */
  readonly skew: number
  /** Variance of a leaf's level from one period to the next, as a share of its square. */
  readonly overdispersion: number
  /** Standard deviation of the logarithm of leaves' rates or means, which they keep; 0 when absent. */
  readonly unequal?: number
}

/** Something that happens: leaves that have these values (by field's place) count so many times as much. */
export interface PlantedCause {
  readonly where: Readonly<Record<number, number>>
  readonly factor: number
}

const rate = 0.08
const meanAmount = 40

/** Draws the leaves; those in which nothing was ever counted are left out, as rows of a table would be. */
export function simulateLeaves(random: Random, world: LeafWorld, causes: readonly PlantedCause[] = []): Leaves {
  const places = listPlaces(world.values)
  const sizes = places.map(() => Math.exp(world.skew * random.normal()))
  const levels = places.map(() => (world.unequal ? Math.exp(world.unequal * random.normal()) : 1))
  const scale = world.rows / sizes.reduce((sum, size) => sum + size, 0)
  const drawn = places.map((place, at) => {
    const factor = causes
      .filter(({ where }) => Object.entries(where).every(([field, value]) => place[Number(field)] === value))
      .reduce((product, cause) => product * cause.factor, 1)
    return {
      place,
      before: draw(random, world, sizes[at]! * scale, levels[at]!, 1),
      after: draw(random, world, sizes[at]! * scale, levels[at]!, factor),
    }
  })
  const kept = drawn.filter(({ before, after }) => before.rows + after.rows > 0)
  const read = (pick: (leaf: (typeof kept)[number]) => number) => Float64Array.from(kept, pick)
  return {
    fields: world.values.map((_, field) => `field_${field}`),
    labels: world.values.map((count, field) => Array.from({ length: count }, (_, value) => `f${field}v${value}`)),
    codes: world.values.map((_, field) => Int32Array.from(kept, ({ place }) => place[field]!)),
    actual: read(({ after }) => after.total),
    expected: read(({ before }) => before.total),
    ...((world.measure === 'ratio' || world.measure === 'mean') && {
      weight: { actual: read(({ after }) => after.rows), expected: read(({ before }) => before.rows) },
    }),
  }
}

function listPlaces(values: readonly number[]): readonly (readonly number[])[] {
  return values.reduce<readonly (readonly number[])[]>(
    (places, count) => places.flatMap((place) => Array.from({ length: count }, (_, value) => [...place, value])),
    [[]],
  )
}

function draw(random: Random, { measure, overdispersion }: LeafWorld, mean: number, level: number, factor: number) {
  const isOfRows = measure === 'count' || measure === 'money'
  const rows = random.negativeBinomial(mean * (isOfRows ? factor : 1), overdispersion)
  if (measure === 'count') return { rows, total: rows }
  if (measure === 'ratio') {
    const chance = rate * level * factor * Math.exp(Math.sqrt(overdispersion) * random.normal())
    return { rows, total: random.binomial(rows, Math.min(1, chance)) }
  }
  const amount =
    meanAmount * (measure === 'mean' ? level * factor * Math.exp(Math.sqrt(overdispersion) * random.normal()) : 1)
  let total = 0
  for (let row = 0; row < rows; row++) total += amount * Math.exp(0.8 * random.normal() - 0.32)
  return { rows, total }
}
