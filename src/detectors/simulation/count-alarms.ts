import { createRandom, type Random } from '../../stats/random.ts'
import type { Verdict } from '../detector.ts'
import { detectors } from '../index.ts'
import { calmWorlds } from './calm-worlds.ts'

export interface Alarms {
  readonly tested: number
  /** How many p-values were at most each of the levels asked for, in their order. */
  readonly counts: readonly number[]
  readonly least: number
}

/** What a detector says, with its default options, of what `draw` draws. */
function prepare(name: string): { judge: (data: never) => Verdict; worlds: Record<string, (random: Random) => never> } {
  const detector = detectors.find((one) => one.name === name)
  if (!detector) throw new Error(`no detector \`${name}\``)
  const options = detector.options.parse({})
  const judge = detector.detect as (data: never, options: unknown) => Verdict
  const worlds = (calmWorlds[detector.shape] ?? {}) as Record<string, (random: Random) => never>
  return { judge: (data) => judge(data, options), worlds }
}

/** Titles of the calm worlds of a detector's shape. */
export const listWorlds = (name: string): readonly string[] => Object.keys(prepare(name).worlds)

/** Runs a detector `rounds` times in a world in which nothing happens. */
export function countAlarms(
  name: string,
  world: string,
  rounds: number,
  levels: readonly number[],
  seed: number,
): Alarms {
  const { judge, worlds } = prepare(name)
  const draw = worlds[world]
  if (!draw) throw new Error(`no calm world \`${world}\``)
  const random = createRandom(seed)
  const counts = levels.map(() => 0)
  let tested = 0
  let least = 1
  for (let round = 0; round < rounds; round++) {
    const verdict = judge(draw(random))
    if (verdict.status !== 'tested') continue
    tested++
    least = Math.min(least, verdict.pValue)
    levels.forEach((level, k) => {
      if (verdict.pValue <= level) counts[k] = counts[k]! + 1
    })
  }
  return { tested, counts, least }
}

/** The most alarms among `tested` that a test of this level gives, but for one time in a thousand. */
export const alarmsMax = (tested: number, level: number): number =>
  Math.ceil(tested * level + 3.1 * Math.sqrt(tested * level * (1 - level)) + 1)
