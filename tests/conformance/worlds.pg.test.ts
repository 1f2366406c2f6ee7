import { expect, test } from 'vitest'
import { compareOnEngines } from '../worlds/compare-world.ts'
import { createDice } from '../worlds/dice.ts'
import { generateExploration } from '../worlds/generate-exploration.ts'
import { generateWorld } from '../worlds/generate-world.ts'
import { writeTables } from './fixture.ts'
import { useEngines } from './use-engines.ts'

const worlds = Array.from({ length: 10 }, (_, at) => generateWorld(at + 1))
const each = 20
/** Companies and explorations in which rows once differed, and on which engine. */
const found: readonly (readonly [engine: string, seed: number, text: string])[] = [
  [
    'clickhouse',
    20_003,
    'from order\nfunnel below by k = substring(of_account.then_user.at, as_of(of_account.then_order.name, 2024-04-15)), other = ln(name): s0 = "" then s1 = (above is not empty) then s2 = (begins is not empty)\nsample 1',
  ],
  [
    'duckdb',
    21_006,
    'from user\ngroup by month(month), year(is_on): m0 = count(), m1 = percentile(above.above.plan, 10), m2 = first((-1 + of_account.above.plan) by above.of_account.is_on)',
  ],
  [
    'duckdb',
    30_127,
    'block one\nfrom user\n\nfrom user\nwhere under(above where at != true)\nshow name as c0, amount, plan, by, score, begins, ends\nappend block one',
  ],
  [
    'postgres',
    50_051,
    'from account\nfunnel all_from.begins by k = (as_of(then_from.Size, 2024-04-15) ?? then_from.by), other = then_from.of_account.by: s0 = (of_account is not empty) then s1 = "a"\ngroup all: m0 = weighted_avg((2.5 + stage_number), length(stage) per all) / avg(if(2024-06-30 = 2024-02-29, 7, stage_number)), m1 = mode(2024-02-29)\nwhere m0 != (m0 % 3)',
  ],
  [
    'duckdb',
    60_215,
    'block one\nfrom account\ngroup all: m0 = sum(count(all_user where plan != "12")) * count()\nwhere (not (m0 is not empty) or ("12" contains "" and "a" contains "_"))\nadd by = ""\ntop 1 by by per by',
  ],
  [
    'mariadb',
    60_382,
    'block one\nfrom event\nunique\nshow amount, `where`, ends\nadd by = if("a" > "a", 2024-10-27T01:30:00Z, 2024-10-27T01:30:00Z)\n\nfrom block one\ntop 1 by by with ties',
  ],
  [
    'postgres',
    60_383,
    'from account\ngroup by year(`last seen`), week(`last seen`): m0 = list(if(`last seen` in last week including this, "pro", plan)), m1 = first(2024-02-29 by plan where `last seen` is empty)\nwhere m0 ends with "Ä"',
  ],
  ['mariadb', 70_154, 'from from\nlifecycle by month, k = month, other = name on of_user.all_from where name != "a"'],
  [
    'mariadb',
    110_365,
    'from user\nlifecycle by month on of_order.all_user.is_on\ngroup all: m0 = correlation((100 * retained), (2.5 + active)), m1 = median(1)',
  ],
  // its memory ended
  [
    'mariadb',
    50_130,
    `from order\nwhere ${[10, 11, 12, 13, 14].map((day) => `under(above where count != 2024-06-${day})`).join(' or ')}`,
  ],
]
const companies = new Map(found.map(([, seed]) => [seed, generateWorld(seed)]))
const all = [...worlds, ...companies.values()]
const engines = useEngines(all.flatMap(({ tables }) => writeTables(tables)))

test.each(worlds)(`${each} explorations of the made-up company $seed give the same rows everywhere`, async (world) => {
  const dice = createDice(world.seed * 1000)
  for (let at = 0; at < each; at++) {
    const text = generateExploration(dice, world)
    expect(await compareOnEngines(text, world, engines)).toEqual([])
  }
})

test.each(found)('what once differed on %s in company %d differs no longer', async (_engine, seed, text) => {
  expect(await compareOnEngines(text, companies.get(seed)!, engines)).toEqual([])
})
