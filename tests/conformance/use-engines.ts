import { afterAll, beforeAll } from 'vitest'
import { type Engine, openEngines } from './open-engines.ts'

/** All engines with these tables, opened before the tests of a file and closed after them; empty until then. */
export function useEngines(statements: readonly string[]): readonly Engine[] {
  const engines: Engine[] = []
  beforeAll(async () => {
    engines.push(...(await openEngines(statements)))
  })
  afterAll(async () => {
    await Promise.all(engines.map((engine) => engine.close()))
  })
  return engines
}
