import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccepted } from '../../src/base/diagnostic.ts'
import { compile } from '../../src/dsl/compile.ts'
import { createDice } from '../worlds/dice.ts'
import { generateExploration, worldContext } from '../worlds/generate-exploration.ts'
import { generateWorld, type World } from '../worlds/generate-world.ts'
import { splitTenants } from '../worlds/split-tenants.ts'
import { findDifference } from './compare-rows.ts'
import { writeTables } from './fixture.ts'
import { type Engine, openDuckdbEngine } from './open-engines.ts'

const pairs = Array.from({ length: 25 }, (_, at) => splitTenants(generateWorld(700 + at)))
const each = 25
let engine: Engine

beforeAll(async () => {
  engine = await openDuckdbEngine(
    pairs.flatMap(({ shared, alone }) => writeTables([...shared.tables, ...alone.tables])),
  )
})

afterAll(() => engine.close())

async function run(text: string, world: World, viewer?: Readonly<Record<string, string>>) {
  const { sql, parameters } = expectAccepted(compile(text, { ...worldContext(world), dialect: 'duckdb', viewer }))
  const { rows } = await engine.warehouse.query(sql, parameters, { timeoutMs: 20_000, rowsMax: 100_000 })
  return rows
}

test.each(pairs)(
  `${each} explorations of company $shared.seed see a tenant’s rows as if there were no other’s`,
  async ({ shared, alone }) => {
    const dice = createDice(shared.seed)
    for (let at = 0; at < each; at++) {
      const text = generateExploration(dice, alone)
      const [expected, found] = [await run(text, alone), await run(text, shared, { tenant: 'ours' })]
      expect(findDifference(expected, found), text).toBeUndefined()
      expect(compile(text, { ...worldContext(shared), dialect: 'duckdb' })).toMatchObject({ ok: false })
    }
  },
)

test('a policy is in no sentence and in no text, and cannot be named away', () => {
  const [{ shared }] = [pairs[0]!]
  const [model] = Object.keys(shared.catalog.models)
  const context = { ...worldContext(shared), dialect: 'duckdb', viewer: { tenant: 'ours' } } as const
  const { steps, text, parameters } = expectAccepted(compile(`from \`${model}\`\ngroup all: n = count()`, context))
  expect(JSON.stringify([steps, text])).not.toContain('tenant')
  expect(parameters).toEqual(['ours'])
})
