import { expect, test } from 'vitest'
import { compareOnEngines } from '../worlds/compare-world.ts'
import { createDice } from '../worlds/dice.ts'
import { generateExploration } from '../worlds/generate-exploration.ts'
import { generateWorld } from '../worlds/generate-world.ts'
import { writeTables } from './fixture.ts'
import { useEngines } from './use-engines.ts'

const worlds = Array.from({ length: 10 }, (_, at) => generateWorld(at + 1))
const each = 20
const engines = useEngines(worlds.flatMap(({ tables }) => writeTables(tables)))

test.each(worlds)(`${each} explorations of the made-up company $seed give the same rows everywhere`, async (world) => {
  const dice = createDice(world.seed * 1000)
  for (let at = 0; at < each; at++) {
    const text = generateExploration(dice, world)
    expect(await compareOnEngines(text, world, engines)).toEqual([])
  }
})
