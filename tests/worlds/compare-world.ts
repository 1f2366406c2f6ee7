import { expectAccepted } from '../../src/base/diagnostic.ts'
import { emit } from '../../src/dsl/emit/emit.ts'
import { planExploration } from '../../src/dsl/plan/plan-exploration.ts'
import { findDifference } from '../conformance/compare-rows.ts'
import { readTables } from '../conformance/fixture.ts'
import type { Engine } from '../conformance/open-engines.ts'
import { runEmitted } from '../conformance/run-emitted.ts'
import { interpret } from '../oracle/interpret.ts'
import { worldContext } from './generate-exploration.ts'
import type { World } from './generate-world.ts'

/** What an engine answered otherwise than the interpreter. */
export interface Difference {
  readonly seed: number
  readonly text: string
  readonly engine: string
  readonly what: string
  readonly sql: string
}

/** Runs an exploration on every engine and holds the rows against those that the interpreter computes from the same plan. */
export async function compareOnEngines(
  text: string,
  world: World,
  engines: readonly Engine[],
): Promise<readonly Difference[]> {
  const { plan } = expectAccepted(planExploration(text, worldContext(world)))
  const expected = interpret(plan, readTables(world.tables))
  const differences: Difference[] = []
  for (const { warehouse } of engines) {
    const { sql, parameters } = emit(plan, warehouse.dialect)
    const what = await runEmitted(warehouse, { sql, parameters }, plan.columns)
      .then(({ rows }) => findDifference(expected, rows))
      .catch((error: unknown) => (error instanceof Error ? error.message : String(error)))
    if (what !== undefined)
      differences.push({
        seed: world.seed,
        text,
        engine: warehouse.dialect,
        what,
        sql: `${sql}\n${JSON.stringify(parameters)}`,
      })
  }
  return differences
}

/** Takes steps away, one at a time, while an engine still differs: what is left shows the cause. */
export async function shrink(difference: Difference, world: World, engines: readonly Engine[]): Promise<Difference> {
  const own = engines.filter(({ warehouse }) => warehouse.dialect === difference.engine)
  let smallest = difference
  for (let again = true; again; ) {
    again = false
    const lines = smallest.text.trimEnd().split('\n')
    for (let at = lines.length - 1; at > 0 && !again; at--) {
      const text = `${lines.toSpliced(at, 1).join('\n')}\n`
      if (!planExploration(text, worldContext(world)).ok) continue
      const [found] = await compareOnEngines(text, world, own)
      if (found) {
        smallest = found
        again = true
      }
    }
  }
  return smallest
}
