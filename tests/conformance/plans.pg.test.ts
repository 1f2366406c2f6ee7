import fc from 'fast-check'
import { test } from 'vitest'
import { emit } from '../../src/dsl/emit/emit.ts'
import type { Plan } from '../../src/dsl/plan/plan.ts'
import { interpret } from '../oracle/interpret.ts'
import { findDifference } from './compare-rows.ts'
import { fixtureStatements, fixtureTables } from './fixture.ts'
import { anyPlan } from './generate-plan.ts'
import { runEmitted } from './run-emitted.ts'
import { useEngines } from './use-engines.ts'

const engines = useEngines(fixtureStatements)

async function compareEngines(plan: Plan): Promise<void> {
  const expected = interpret(plan, fixtureTables)
  for (const { warehouse } of engines) {
    const { sql, parameters } = emit(plan, warehouse.dialect)
    try {
      const { rows } = await runEmitted(warehouse, { sql, parameters }, plan.columns)
      const difference = findDifference(expected, rows)
      if (difference) throw new Error(difference)
    } catch (error) {
      throw new Error(
        `${warehouse.dialect}: ${error instanceof Error ? error.message : error}\n${sql}\n${JSON.stringify(parameters)}`,
        { cause: error },
      )
    }
  }
}

const runs = Number(process.env.CONFORMANCE_RUNS ?? 300)

test(`${runs} generated plans give the same rows on every engine as row-by-row interpretation`, async () => {
  await fc.assert(fc.asyncProperty(anyPlan, compareEngines), {
    numRuns: runs,
    seed: Number(process.env.CONFORMANCE_SEED ?? 20_260_930),
    endOnFailure: process.env.CONFORMANCE_SHRINK === undefined,
  })
})
