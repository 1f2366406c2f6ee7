/**
 * What each way of controlling errors promises and finds: made worlds with effects planted in wholes, values and pairs of values among 3,936 tests that
 * overlap, every procedure on the same worlds, stories told as the engine tells them. `node bench/error-control.ts [WORLDS] [SEED]`
 */
import { createRandom, type Random } from '../src/stats/random.ts'
import { type Cut, type Effect, listConditions, makeWorld, metricCount } from './error-control/make-world.ts'
import { procedures } from './error-control/procedures.ts'

const [worlds = 400, seed = 1] = process.argv.slice(2).map(Number)
const rate = 0.05
const conditions = listConditions()

/** `count` effects, each in a metric of its own, in slices of `length` conditions. */
function plant(count: number, length: number, z: number, random: Random): readonly Effect[] {
  const fitting = conditions.filter((one) => one.length === length)
  const metrics = random.shuffle(Array.from({ length: metricCount }, (_, metric) => metric))
  return metrics.slice(0, count).map((metric) => ({
    metric,
    conditions: fitting[random.integer(0, fitting.length - 1)]!,
    z: random.uniform() < 0.5 ? z : -z,
  }))
}

/** Two values of the widest field that move against each other, so that the whole stays about where it is. */
const cancel = (z: number): readonly Effect[] => [
  { metric: 0, conditions: [[2, 1]], z },
  { metric: 0, conditions: [[2, 2]], z: -z },
]

const kinds: Readonly<
  Record<string, { readonly shared: number; readonly plant: (random: Random) => readonly Effect[] }>
> = {
  nothing: { shared: 0, plant: () => [] },
  'nothing, metrics alike': { shared: 0.7, plant: () => [] },
  'one whole, z 4': { shared: 0, plant: (random) => plant(1, 0, 4, random) },
  'one value, z 4.5': { shared: 0, plant: (random) => plant(1, 1, 4.5, random) },
  'one pair, z 5': { shared: 0, plant: (random) => plant(1, 2, 5, random) },
  'five values, z 4.5': { shared: 0, plant: (random) => plant(5, 1, 4.5, random) },
  'five values, metrics alike': { shared: 0.7, plant: (random) => plant(5, 1, 4.5, random) },
  'five pairs, z 5': { shared: 0, plant: (random) => plant(5, 2, 5, random) },
  'eight pairs, z 7': { shared: 0, plant: (random) => plant(8, 2, 7, random) },
  'opposites, z 5': { shared: 0, plant: () => cancel(5) },
}

const isExact = (cut: Cut, effect: Effect): boolean =>
  cut.metric === effect.metric && JSON.stringify(cut.conditions) === JSON.stringify(effect.conditions)

const percent = (value: number): string => `${(100 * value).toFixed(1)}%`.padStart(7)

console.log(`${worlds} worlds a row; promised ${percent(rate).trim()}`)
for (const [name, kind] of Object.entries(kinds)) {
  console.log(`\n${name}\n${' '.repeat(32)}  false  loud  touched  exact`)
  const sums = new Map<string, readonly number[]>(Object.keys(procedures).map((procedure) => [procedure, [0, 0, 0, 0]]))
  let planted = 0
  const random = createRandom(seed)
  for (let at = 0; at < worlds; at++) {
    const effects = kind.plant(random)
    const world = makeWorld(effects, kind.shared, random)
    planted += effects.length
    for (const [procedure, tell] of Object.entries(procedures)) {
      const told = tell(world, rate)
      const wrong = told.filter(({ mean }) => Math.abs(mean) < 1e-9).length
      const touched = effects.filter(({ metric }) =>
        told.some((cut) => cut.metric === metric && Math.abs(cut.mean) > 1e-9),
      ).length
      const exact = effects.filter((effect) => told.some((cut) => isExact(cut, effect))).length
      const [falseShare = 0, loud = 0, allTouched = 0, allExact = 0] = sums.get(procedure)!
      sums.set(procedure, [
        falseShare + wrong / Math.max(1, told.length),
        loud + Number(wrong > 0),
        allTouched + touched,
        allExact + exact,
      ])
    }
  }
  for (const [procedure, [falseShare = 0, loud = 0, touched = 0, exact = 0]] of sums) {
    const found = planted === 0 ? [] : [touched / planted, exact / planted]
    console.log(`${procedure.padEnd(30)}${[falseShare / worlds, loud / worlds, ...found].map(percent).join(' ')}`)
  }
}
