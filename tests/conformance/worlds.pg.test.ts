import { afterAll, beforeAll, expect, test } from 'vitest'
import { compareOnEngines } from '../worlds/compare-world.ts'
import { createDice } from '../worlds/dice.ts'
import { generateExploration } from '../worlds/generate-exploration.ts'
import { generateWorld } from '../worlds/generate-world.ts'
import { writeTables } from './fixture.ts'
import { type Engine, openEngines } from './open-engines.ts'

const worlds = Array.from({ length: 10 }, (_, at) => generateWorld(at + 1))
const each = 20
let engines: readonly Engine[] = []

beforeAll(async () => {
  engines = await openEngines(worlds.flatMap(({ tables }) => writeTables(tables)))
})

afterAll(async () => {
  for (const engine of engines) await engine.close()
})

test.each(worlds)(`${each} explorations of the made-up company $seed give the same rows everywhere`, async (world) => {
  const dice = createDice(world.seed * 1000)
  for (let at = 0; at < each; at++) {
    const text = generateExploration(dice, world)
    expect(await compareOnEngines(text, world, engines)).toEqual([])
  }
})
