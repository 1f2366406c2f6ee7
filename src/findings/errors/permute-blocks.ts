import type { Series } from '../../detectors/shapes.ts'
import type { Random } from '../../stats/random.ts'

/**
 * The series with its blocks of `block` periods in another order, dates staying where they are: seasons and
 * day-to-day memory within a block remain, anything that began at some time does not. What a detector still finds in it is false.
 * A rest at the beginning that fills no block stays in place, so that blocks keep their weekdays.
 */
export function permuteBlocks(series: Series, block: number, random: Random): Series {
  const length = series.values.length
  const count = Math.floor(length / block)
  const rest = length - count * block
  const order = random.shuffle(Array.from({ length: count }, (_, at) => at))
  const place = Int32Array.from({ length }, (_, at) =>
    at < rest ? at : rest + order[Math.floor((at - rest) / block)]! * block + ((at - rest) % block),
  )
  const { values, weights, excluded } = series
  return {
    ...series,
    values: values.map((_, at) => values[place[at]!]!),
    ...(weights && { weights: weights.map((_, at) => weights[place[at]!]!) }),
    ...(excluded && { excluded: excluded.map((_, at) => excluded[place[at]!]!) }),
  }
}
