import { expect } from 'vitest'
import { expectAccepted } from '../../src/base/diagnostic.ts'
import { emit } from '../../src/dsl/emit/emit.ts'
import type { CompileContext } from '../../src/dsl/exploration.ts'
import { planExploration } from '../../src/dsl/plan/plan-exploration.ts'
import { languageContext } from '../fixtures/language-catalog.ts'
import { interpret } from '../oracle/interpret.ts'
import { findDifference } from './compare-rows.ts'
import { exampleCompany } from './example-company.ts'
import { readTables } from './fixture.ts'
import type { Engine } from './open-engines.ts'
import { runEmitted } from './run-emitted.ts'

export type Rows = readonly (readonly (string | number | boolean | null)[])[]

const tables = readTables(exampleCompany)

/** Holds an exploration of the example company against rows worked out by hand: the interpreter's, then those of every engine. */
export async function expectRows(
  engines: readonly Engine[],
  text: string,
  answer: Rows,
  context: Partial<CompileContext> = {},
): Promise<void> {
  const { plan } = expectAccepted(planExploration(text, { ...languageContext, ...context }))
  const expected = interpret(plan, tables)
  expect(findDifference(answer, expected), `interpreted: ${JSON.stringify(expected)}`).toBeUndefined()
  for (const { warehouse } of engines) {
    const emitted = emit(plan, warehouse.dialect)
    const { rows } = await runEmitted(warehouse, emitted, plan.columns)
    expect(findDifference(answer, rows), `${warehouse.dialect}\n${emitted.sql}`).toBeUndefined()
  }
}
