import { expect, test } from 'vitest'
import { alarmsMax } from '../../detectors/simulation/count-alarms.ts'
import { type FirstDays, readFirstDays } from '../../hypotheses/behaviours/build-strata.ts'
import { createRandom, type Random } from '../../stats/random.ts'
import { judgeBehaviour } from './judge-behaviours.ts'

/** Members who do something with a chance at each event of their first days, and come back the more often the more they did. */
interface World {
  readonly members: number
  /** Chance at each event. */
  readonly chance: number
  /** Logit of coming back of who has one event, and by how much a logarithm of events adds to it. */
  readonly usual: number
  readonly keen: number
  /** Days of the first ones on which one is there: who leaves soon does little, and does not come back. */
  readonly leaves: boolean
}

const plain: World = { members: 1500, chance: 0.1, usual: -1.5, keen: 0.8, leaves: false }
const worlds: Readonly<Record<string, World>> = {
  plain,
  'the keen come back by far more often': { ...plain, keen: 1.8, usual: -3 },
  'many leave soon': { ...plain, leaves: true },
  'many members': { ...plain, members: 10_000, keen: 1.2 },
  'hardly anybody does it': { ...plain, chance: 0.01 },
  'few members': { ...plain, members: 150 },
}

const columns = ['did', 'came_back', 'first_events', 'active_days', 'active_later'].map((name) => ({
  name,
  type: 'number' as const,
}))

function draw(random: Random, { members, chance, usual, keen, leaves }: World, more = 0): readonly FirstDays[] {
  const rows: number[][] = []
  while (rows.length < members) {
    const stays = leaves ? Math.min(14, 20 * random.exponential()) : 14
    const mean = 0.5 * Math.exp(random.normal()) * stays
    const times = Array.from({ length: random.poisson(mean) }, () => random.uniform() * stays)
    const count = times.length
    if (count === 0) continue
    const did = random.uniform() < 1 - (1 - chance) ** count
    const logit = usual + keen * Math.log(count) + (did ? more : 0) - (stays < 14 ? 2 : 0)
    const cameBack = random.uniform() < 1 / (1 + Math.exp(-logit))
    const days = new Set(times.map(Math.floor)).size
    rows.push([Number(did), Number(cameBack), count, days, Number(times.some((at) => at >= 7))])
  }
  const within = ['first_events', 'active_days', 'active_later']
  return readFirstDays({ columns, rows, did: 'did', cameBack: 'came_back', within })
}

const pValueOf = (members: readonly FirstDays[], permuteSeed?: number): number | undefined => {
  const judged = judgeBehaviour(members, permuteSeed === undefined ? {} : { permuteSeed })
  return judged.status === 'tested' ? judged.numbers.pValue : undefined
}

test.each(Object.keys(worlds))(
  'where what is done decides nothing it is told no more often than promised: %s',
  (name) => {
    const random = createRandom(name.length)
    const world = worlds[name]!
    const drawn = Array.from({ length: world.members > 5000 ? 60 : 150 }, () => draw(random, world))
    for (const pValues of [drawn.map((one) => pValueOf(one)), drawn.map((one, at) => pValueOf(one, at))]) {
      const tested = pValues.filter((one) => one !== undefined)
      expect(tested.length).toBeGreaterThan(name === 'few members' ? 50 : drawn.length / 3)
      for (const level of [0.05, 0.01])
        expect(tested.filter((one) => one <= level).length).toBeLessThanOrEqual(alarmsMax(tested.length, level))
    }
  },
)

test('without its classes of activity everything would go with everything', () => {
  const random = createRandom(5)
  const strangers = Array.from({ length: 20 }, () => draw(random, plain).map((one) => ({ ...one, stratum: 'all' })))
  expect(strangers.filter((one) => pValueOf(one)! < 0.01).length).toBeGreaterThan(15)
})

test('what goes with coming back is found, and its replicate is not', () => {
  const random = createRandom(9)
  const found = Array.from({ length: 20 }, () => draw(random, plain, 1))
  expect(found.filter((one) => pValueOf(one)! < 1e-3).length).toBeGreaterThanOrEqual(18)
  expect(found.filter((one, at) => pValueOf(one, at)! < 0.01).length).toBeLessThanOrEqual(2)
  const judged = judgeBehaviour(found[0]!)
  expect(judged).toMatchObject({
    numbers: { direction: 'up', from: null, to: null, periods: 0, details: { first_days: 14, last_day: 45 } },
  })
})
