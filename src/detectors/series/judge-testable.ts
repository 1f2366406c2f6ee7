import { countFilled, type Sample } from './sample.ts'

/** Why nothing can be said about these points, or nothing. */
export function findObstacle(name: string, sample: Sample, minimum: number): string | undefined {
  const { count, value } = sample
  if (count < minimum) return `has ${count} points; ${name} needs ${minimum}`
  const first = value[0]!
  if (value.every((x) => x === first)) return `all ${count} values are ${first}`
  if (first === 0 || value.at(-1) === 0) {
    const rest = countFilled(value)
    if (rest < 5) return `only ${rest} of ${count} values are not 0`
  }
  return undefined
}
