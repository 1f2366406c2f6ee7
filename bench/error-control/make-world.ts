import { normal } from '../../src/stats/normal.ts'
import type { Random } from '../../src/stats/random.ts'

/** An effect as it is planted: which cells move, one way or the other, and how far in the slice's own standard errors. */
export interface Effect {
  readonly metric: number
  readonly conditions: readonly (readonly [field: number, value: number])[]
  readonly z: number
}

/** One slice of one metric: its cells, what stands there in truth, and the p-values of its detectors. */
export interface Cut {
  readonly metric: number
  readonly conditions: Effect['conditions']
  readonly cells: Int32Array
  readonly mean: number
  readonly pValues: Float64Array
}

export interface World {
  readonly cuts: readonly Cut[]
  /** Volume of each cell. */
  readonly volumes: Float64Array
  /** Movement of each cell of each metric, noise and effects. */
  readonly moves: readonly Float64Array[]
}

const fieldSizes = [3, 5, 8, 4] as const
const detectors = 3
/** How much another detector sees of the same movement. */
const alike = 0.8
export const metricCount = 8

const cellCount = fieldSizes.reduce((product, size) => product * size, 1)
const readValue = (cell: number, field: number): number =>
  Math.floor(cell / fieldSizes.slice(0, field).reduce((product, size) => product * size, 1)) % fieldSizes[field]!

/** Conditions of every slice: the whole, each value, each pair of values. */
export const listConditions = (): readonly Effect['conditions'][] => {
  const values = fieldSizes.flatMap((size, field) =>
    Array.from({ length: size }, (_, value) => [field, value] as const),
  )
  const pairs = values.flatMap((one, at) =>
    values.slice(at + 1).flatMap((other) => (one[0] === other[0] ? [] : [[one, other]])),
  )
  return [[], ...values.map((value) => [value]), ...pairs]
}
const slices = listConditions().map((conditions) => ({
  conditions,
  cells: Int32Array.from({ length: cellCount }, (_, cell) => cell).filter((cell) =>
    conditions.every(([field, value]) => readValue(cell, field) === value),
  ),
}))

const sumOver = (cells: Int32Array, values: Float64Array): number => cells.reduce((sum, cell) => sum + values[cell]!, 0)

/**
 * Rows in cells of four fields with values of unequal size, eight metrics over them. Each cell moves by noise of its own, `shared` of which (in
 * variance) is the same for all metrics; slices overlap, and so their movements depend on each other as those of real ones do.
 */
export function makeWorld(effects: readonly Effect[], shared: number, random: Random): World {
  const sizes = fieldSizes.map((size) => Array.from({ length: size }, (_, value) => 1 / (value + 1)))
  const volumes = Float64Array.from(
    { length: cellCount },
    (_, cell) => 100 * sizes.reduce((product, size, field) => product * size[readValue(cell, field)]!, 1),
  )
  const common = volumes.map(() => random.normal())
  const truths = Array.from({ length: metricCount }, () => new Float64Array(cellCount))
  for (const { metric, conditions, z } of effects) {
    const { cells } = slices.find((slice) => JSON.stringify(slice.conditions) === JSON.stringify(conditions))!
    const share = z / Math.sqrt(sumOver(cells, volumes))
    for (const cell of cells) truths[metric]![cell]! += share * volumes[cell]!
  }
  const moves = truths.map((truth) =>
    truth.map(
      (mean, cell) =>
        mean +
        Math.sqrt(volumes[cell]!) * (Math.sqrt(shared) * common[cell]! + Math.sqrt(1 - shared) * random.normal()),
    ),
  )
  const cuts = truths.flatMap((truth, metric) =>
    slices.map(({ conditions, cells }): Cut => {
      const deviation = Math.sqrt(sumOver(cells, volumes))
      const z = sumOver(cells, moves[metric]!) / deviation
      const mean = sumOver(cells, truth) / deviation
      const pValues = Float64Array.from({ length: detectors }, (_, at) => {
        const seen = at === 0 ? z : mean + alike * (z - mean) + Math.sqrt(1 - alike ** 2) * random.normal()
        return 2 * normal.upperTail(Math.abs(seen))
      })
      return { metric, conditions, cells, mean, pValues }
    }),
  )
  return { cuts, volumes, moves }
}
