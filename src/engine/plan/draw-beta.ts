import { createHash } from 'node:crypto'
import { createRandom } from '../../stats/random.ts'

/** Draws from Beta distributions that follow from a seed and the name of what is drawn for, whatever else is drawn. */
export const createBetaDraw =
  (seed: string) =>
  (name: string, a: number, b: number): number =>
    createRandom(createHash('sha256').update(`${seed}\n${name}`).digest().readUInt32BE(0)).beta(a, b)
