import { describe, expect, test } from 'vitest'
import { expectAccepted } from '../../src/base/diagnostic.ts'
import type { Calendar } from '../../src/base/periods.ts'
import { dialects } from '../../src/dsl/dialects/index.ts'
import { emit } from '../../src/dsl/emit/emit.ts'
import { planExploration } from '../../src/dsl/plan/plan-exploration.ts'
import { interpret } from '../oracle/interpret.ts'
import { findDifference } from './compare-rows.ts'
import { explorations } from './explorations.ts'
import { explorationsOfValues } from './explorations-of-values.ts'
import { fixtureStatements, fixtureTables } from './fixture.ts'
import { fixtureCatalog } from './fixture-catalog.ts'
import { lacking } from './open-engines.ts'
import { productExplorations } from './product-explorations.ts'
import { runEmitted } from './run-emitted.ts'
import { useEngines } from './use-engines.ts'

const engines = useEngines(fixtureStatements)

test('every dialect that is said to be run has an engine here', () => {
  expect(engines.map(({ warehouse }) => warehouse.dialect)).toEqual(
    dialects.filter(({ name, proof }) => proof === 'rows' && !lacking.includes(name)).map(({ name }) => name),
  )
})

const calendars: readonly Calendar[] = [
  { timezone: 'UTC', weekStarts: 1, fiscalYearStarts: 1 },
  { timezone: 'Europe/Tallinn', weekStarts: 1, fiscalYearStarts: 1 },
  { timezone: 'America/New_York', weekStarts: 7, fiscalYearStarts: 2 },
  { timezone: 'Australia/Sydney', weekStarts: 6, fiscalYearStarts: 7 },
]

describe.each(calendars)('in $timezone, weeks from day $weekStarts', (calendar) => {
  test.each([...explorations, ...productExplorations, ...explorationsOfValues])('%s', async (text) => {
    for (const { warehouse } of engines) {
      const context = { catalog: fixtureCatalog(calendar), calendar, asOf: '2025-06-01', dialect: warehouse.dialect }
      const { plan } = expectAccepted(planExploration(text, context))
      const { sql, parameters } = emit(plan, warehouse.dialect)
      const { rows } = await runEmitted(warehouse, { sql, parameters }, plan.columns)
      const difference = findDifference(interpret(plan, fixtureTables), rows)
      expect(difference, `${warehouse.dialect}\n${sql}\n${JSON.stringify(parameters)}`).toBeUndefined()
      expect(rows.length, 'an exploration without rows compares nothing').toBeGreaterThan(0)
    }
  })
})
