import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccepted } from '../../src/base/diagnostic.ts'
import { compile } from '../../src/dsl/compile.ts'
import { languageContext } from '../fixtures/language-catalog.ts'
import { exampleFiles } from '../support/explorations.ts'
import type { World } from '../worlds/generate-world.ts'
import { splitTenants } from '../worlds/split-tenants.ts'
import { findDifference } from './compare-rows.ts'
import { exampleCompany } from './example-company.ts'
import { writeTables } from './fixture.ts'
import { type Engine, openDuckdbEngine } from './open-engines.ts'

/** Three ways to divide the example company among two tenants: bridges, trees and histories lead from one to the other. */
const pairs = [1, 2, 3].map((seed) => splitTenants({ seed, catalog: languageContext.catalog, tables: exampleCompany }))
let engines: readonly Engine[] = []

beforeAll(async () => {
  engines = await Promise.all(
    pairs.map(({ shared, alone }) => openDuckdbEngine(writeTables([...shared.tables, ...alone.tables]))),
  )
})

afterAll(async () => {
  await Promise.all(engines.map((engine) => engine.close()))
})

/** Ways over bridges and up and down trees, beside the worked examples. */
const ways: readonly string[] = [
  'from account\nadd x = count(features)\nadd y = sum(features.cost where area = "insight")\nshow name, x, y',
  'from feature\nadd a = count(accounts)\nadd pro = count(accounts where plan = "pro")\nadd people = count(accounts.users)\nshow name, a, pro, people',
  'from account\nwhere any(features)\nshow name, any(features where area = "security") as a, none(features where cost = 20) as b',
  'from account\nadd x = count(features.accounts)\nshow name, x',
  'from account\nexpand features\ngroup by features.name: n = count(), mrr = max(mrr)',
  'from account\nadd n = count(children)\nshow name, parent.name as up, parent.parent.name as top, n',
  'from account\nadd n = count(parent.children)\nshow name, n',
  'from account\nadd below = under(parent where name = "Acme")\nshow name, below',
  'from account\nwhere under(parent where plan = "pro")\ngroup all: n = count()',
  'from account\nadd head = above(parent where name = "Acme")\nshow name, head',
  'from account\nwhere above(parent where plan = "pro")\ngroup all: n = count()',
  'from account\nadd n = count(users where created_at > this.created_at)\nshow name, n',
  'from account\nadd n = count(plan_changes)\nshow name, n, plan_at.plan as then',
]

async function run(engine: Engine, text: string, { catalog }: World, viewer?: Readonly<Record<string, string>>) {
  const context = { ...languageContext, catalog, ...(viewer ? { viewer } : {}) }
  const { sql, parameters } = expectAccepted(compile(text, context))
  const { rows } = await engine.warehouse.query(sql, parameters, { timeoutMs: 20_000, rowsMax: 100_000 })
  return rows
}

test.each([...ways.map((text) => ({ name: text, text })), ...exampleFiles])(
  'a tenant sees of $name what there is without the other',
  async ({ text }) => {
    for (const [at, { shared, alone }] of pairs.entries()) {
      const expected = await run(engines[at]!, text, alone)
      const found = await run(engines[at]!, text, shared, { tenant: 'ours' })
      expect(findDifference(expected, found)).toBeUndefined()
      expect(compile(text, { ...languageContext, catalog: shared.catalog }).ok, 'without a viewer').toBe(false)
    }
  },
)
