import { expect, test } from 'vitest'
import { expectAccepted } from '../../src/base/diagnostic.ts'
import { emit } from '../../src/dsl/emit/emit.ts'
import { planExploration } from '../../src/dsl/plan/plan-exploration.ts'
import { interpret } from '../oracle/interpret.ts'
import { createRandom } from '../support/mutate-text.ts'
import { findDifference } from './compare-rows.ts'
import { fixtureStatements, fixtureTables } from './fixture.ts'
import { fixtureCatalog } from './fixture-catalog.ts'
import { generateBlocksText } from './generate-blocks-text.ts'
import { runEmitted } from './run-emitted.ts'
import { useEngines } from './use-engines.ts'

const engines = useEngines(fixtureStatements)

const runs = Number(process.env.CONFORMANCE_RUNS ?? 300) / 3
const calendar = { timezone: 'Europe/Tallinn', weekStarts: 1, fiscalYearStarts: 1 } as const

test(`${runs} generated explorations of several blocks give the same rows on every engine as row-by-row interpretation`, async () => {
  const random = createRandom(Number(process.env.CONFORMANCE_SEED ?? 20_260_930))
  for (let at = 0; at < runs; at++) {
    const text = generateBlocksText(random)
    const { plan } = expectAccepted(
      planExploration(text, { catalog: fixtureCatalog(calendar), calendar, asOf: '2025-06-01' }),
    )
    const expected = interpret(plan, fixtureTables)
    for (const { warehouse } of engines) {
      const emitted = emit(plan, warehouse.dialect)
      const { rows } = await runEmitted(warehouse, emitted, plan.columns)
      expect(findDifference(expected, rows), `${warehouse.dialect}\n${text}\n${emitted.sql}`).toBeUndefined()
    }
  }
})
