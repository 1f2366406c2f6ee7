import type { Random } from '../../stats/random.ts'
import type { Points } from '../shapes.ts'
import type { CalmWorlds } from './calm-worlds.ts'

export interface PointsWorld {
  readonly count: number
  /** How much of the second number follows the first: 0 is nothing. */
  readonly link: number
  /** Log-normal with long tails instead of normal. */
  readonly isHeavy?: boolean
  /** Rounds to whole numbers, so that many are equal. */
  readonly isWhole?: boolean
  /** Rows an account, which share a level of both numbers; rows stand alone otherwise. */
  readonly rowsPerAccount?: number
}

/** Pairs of numbers. */
export function drawPoints(random: Random, world: PointsWorld): Points {
  const { count, link, isHeavy, isWhole, rowsPerAccount } = world
  const [first, second, units] = [new Float64Array(count), new Float64Array(count), new Int32Array(count)]
  let [levelA, levelB] = [0, 0]
  for (let at = 0; at < count; at++) {
    if (rowsPerAccount && at % rowsPerAccount === 0) [levelA, levelB] = [2 * random.normal(), 2 * random.normal()]
    const x = levelA + random.normal()
    const y = levelB + link * x + Math.sqrt(1 - link * link) * random.normal()
    first[at] = isHeavy ? Math.exp(1.5 * x) : isWhole ? Math.round(x) : x
    second[at] = isHeavy ? Math.exp(1.5 * y) : isWhole ? Math.round(2 * y) : y
    units[at] = rowsPerAccount ? Math.floor(at / rowsPerAccount) : at
  }
  return { first, second, ...(rowsPerAccount && { units }) }
}

export const calmPoints: CalmWorlds<'points'> = {
  'few normal pairs': (random) => drawPoints(random, { count: 20, link: 0 }),
  'many normal pairs': (random) => drawPoints(random, { count: 500, link: 0 }),
  'heavy tails': (random) => drawPoints(random, { count: 120, link: 0, isHeavy: true }),
  'many ties': (random) => drawPoints(random, { count: 200, link: 0, isWhole: true }),
  'rows of accounts': (random) => drawPoints(random, { count: 400, link: 0, rowsPerAccount: 10 }),
}
