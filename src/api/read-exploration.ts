import { dayAt } from '../base/periods.ts'
import type { Tree } from '../dsl/ast.ts'
import type { CompileContext } from '../dsl/exploration.ts'
import type { EngineContext } from '../engine/context.ts'

/** What a request body holds: text, or a tree that the compiler checks like any other. */
export const readExploration = (exploration: string | object): string | Tree =>
  typeof exploration === 'string' ? exploration : (exploration as Tree)

/** What the compiler needs to know of the workspace. */
export function createCompileContext(
  { catalog, calendar, warehouse, now }: Pick<EngineContext, 'catalog' | 'calendar' | 'warehouse' | 'now'>,
  asOf: string | undefined,
): CompileContext {
  return { catalog, calendar, asOf: asOf ?? dayAt(now(), calendar), dialect: warehouse.dialect }
}
