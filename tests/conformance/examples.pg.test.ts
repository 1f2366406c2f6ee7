import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccepted } from '../../src/base/diagnostic.ts'
import { emit } from '../../src/dsl/emit/emit.ts'
import { planExploration } from '../../src/dsl/plan/plan-exploration.ts'
import { languageContext } from '../fixtures/language-catalog.ts'
import { interpret } from '../oracle/interpret.ts'
import { exampleFiles, exampleIndex } from '../support/explorations.ts'
import { findDifference } from './compare-rows.ts'
import { exampleAnswers } from './example-answers.ts'
import { exampleCompany } from './example-company.ts'
import { readTables, writeTables } from './fixture.ts'
import { type Engine, openEngines } from './open-engines.ts'
import { runEmitted } from './run-emitted.ts'

const tables = readTables(exampleCompany)
let engines: readonly Engine[] = []

beforeAll(async () => {
  const statements = writeTables(exampleCompany)
  engines = await openEngines(statements)
})
afterAll(async () => {
  await Promise.all(engines.map((engine) => engine.close()))
})

test.each(exampleFiles)('$name gives the same rows on every engine', async ({ name, text }) => {
  const { plan } = expectAccepted(planExploration(text, languageContext))
  const expected = interpret(plan, tables)
  expect(expected.length, 'an example without rows shows nothing').toBeGreaterThan(0)
  const answer = exampleAnswers[name]
  if (answer) expect(findDifference(answer, expected), 'by hand').toBeUndefined()
  for (const { warehouse } of engines) {
    const { sql, parameters } = emit(plan, warehouse.dialect)
    const { rows } = await runEmitted(warehouse, { sql, parameters }, plan.columns)
    expect(findDifference(expected, rows), `${warehouse.dialect}\n${sql}`).toBeUndefined()
  }
})

test('a third of the examples is answered by hand', () => {
  const names = exampleFiles.map(({ name }) => name)
  const answered = Object.keys(exampleAnswers)
  expect(answered.filter((name) => !names.includes(name))).toEqual([])
  expect(answered.length).toBeGreaterThanOrEqual(names.length / 3)
})

test('the index of the folder names every example', () => {
  for (const { name } of exampleFiles) expect(exampleIndex).toContain(`\`${name.replace('.hunch', '')}\``)
})
