import { expectAccepted } from '../base/diagnostic.ts'
import { dayAt } from '../base/periods.ts'
import type { CompileContext } from '../dsl/exploration.ts'
import { readTree } from '../dsl/tree/read-tree.ts'
import type { CompileOptions } from '../engine/ask/run-exploration.ts'
import type { EngineContext } from '../engine/context.ts'

/** What a request body holds, as text that the compiler checks. Throws a `Rejection` of JSON that is no tree. */
export const readExploration = (exploration: string | object): string =>
  typeof exploration === 'string' ? exploration : expectAccepted(readTree(exploration))

/** What the compiler needs to know of the workspace. */
export function createCompileContext(
  { catalog, calendar, warehouse, now }: Pick<EngineContext, 'catalog' | 'calendar' | 'warehouse' | 'now'>,
  { asOf, parameters }: Pick<CompileOptions, 'asOf' | 'parameters'> = {},
): CompileContext {
  return { catalog, calendar, asOf: asOf ?? dayAt(now(), calendar), dialect: warehouse.dialect, parameters }
}
