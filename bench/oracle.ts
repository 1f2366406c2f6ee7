/**
 * Generated explorations over made-up companies, on every engine and in the interpreter: `node bench/oracle.ts [explorations] [first seed]`.
 * `TEST_CLICKHOUSE_URL=none` and `TEST_MYSQL_URL=none` leave an engine out. Each difference is shrunk to the steps that show it and printed; the exit code is 1 when there is one.
 */
import { writeTables } from '../tests/conformance/fixture.ts'
import { openEngines } from '../tests/conformance/open-engines.ts'
import { compareOnEngines, type Difference, shrink } from '../tests/worlds/compare-world.ts'
import { createDice } from '../tests/worlds/dice.ts'
import { generateExploration } from '../tests/worlds/generate-exploration.ts'
import { generateWorld } from '../tests/worlds/generate-world.ts'

const wanted = Number(process.argv[2] ?? 2000)
const firstSeed = Number(process.argv[3] ?? 1)
const perWorld = 50
const worlds = Array.from({ length: Math.ceil(wanted / perWorld) }, (_, at) => generateWorld(firstSeed + at))
const engines = await openEngines(worlds.flatMap(({ tables }) => writeTables(tables)))
const found: Difference[] = []
const steps = new Map<string, number>()
/** Explorations that follow a bridge, a history, a tree, or look at the row around a condition. */
const ways = {
  bridge: /\bmet_/,
  history: /\bthen_/,
  tree: /\b(above|below)\b/,
  under: /\b(under|above)\(/,
  outer: /\bthis\./,
}
const followed = new Map<string, number>()
let count = 0
const startedAt = performance.now()

for (const world of worlds) {
  const dice = createDice(world.seed * 1000)
  for (let at = 0; at < perWorld && count < wanted; at++, count++) {
    const text = generateExploration(dice, world)
    for (const line of text.trim().split('\n')) {
      const [verb = ''] = line.split(' ')
      steps.set(verb, (steps.get(verb) ?? 0) + 1)
    }
    for (const [way, pattern] of Object.entries(ways))
      if (pattern.test(text)) followed.set(way, (followed.get(way) ?? 0) + 1)
    const [difference] = await compareOnEngines(text, world, engines)
    if (difference) {
      const smallest = await shrink(difference, world, engines)
      found.push(smallest)
      console.log(`\n${smallest.engine}, world ${smallest.seed}: ${smallest.what}\n${smallest.text}\n${smallest.sql}`)
    }
  }
  process.stderr.write(`\r${count} explorations, ${found.length} differences `)
}
for (const engine of engines) await engine.close()
const seconds = ((performance.now() - startedAt) / 1000).toFixed(0)
const names = engines.map(({ warehouse }) => warehouse.dialect).join(', ')
console.log(
  `\n${count} explorations over ${worlds.length} companies on ${names}: ${found.length} differences, ${seconds} s`,
)
for (const counted of [steps, followed])
  console.log(
    [...counted]
      .sort((a, b) => b[1] - a[1])
      .map(([what, times]) => `${what} ${times}`)
      .join(', '),
  )
process.exitCode = found.length > 0 ? 1 : 0
