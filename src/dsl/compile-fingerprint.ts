import { expectAccepted } from '../base/diagnostic.ts'
import { findDialect } from './dialects/index.ts'
import { type Emitted, emit } from './emit/emit.ts'
import type { CompileContext } from './exploration.ts'
import type { Aggregate, Expression, Node } from './plan/plan.ts'
import { planExploration } from './plan/plan-exploration.ts'

/** The grouping that a plan ends in, below what only rearranges its rows and columns. */
function findGrouping(node: Node): Aggregate | undefined {
  if (node.op === 'aggregate') return node
  return node.op === 'extend' || node.op === 'project' || node.op === 'sort' ? findGrouping(node.input) : undefined
}

/** Whether a value reads other rows, at any depth. */
const isAcross = (expression: Expression): boolean => JSON.stringify(expression).includes('"op":"over"')

/** Whether a row below depends on no other: then fewer rows of the table are fewer rows here, each as it was. */
function isRowByRow(node: Node): boolean {
  if (node.op === 'scan') return true
  if (node.op === 'filter') return !isAcross(node.where) && isRowByRow(node.input)
  if (node.op === 'extend') return !node.columns.some(({ value }) => isAcross(value)) && isRowByRow(node.input)
  return node.op === 'lookup' && isRowByRow(node.input)
}

/**
 * SQL for a text a period that is the same as long as an exploration that groups by period would give the same rows for it: a sum over the
 * period's rows of a hash of all that the exploration reads of each, also through relations, conditions worked out. It costs one pass over
 * the rows. Undefined where the engine has no hash that can be trusted, or where rows of a period follow from other periods. Two sets
 * of rows share a fingerprint by chance about once in 10^18.
 */
export function compileFingerprint(source: string, context: CompileContext): Emitted | undefined {
  if (!findDialect(context.dialect).aggregates.fingerprint) return undefined
  const { plan } = expectAccepted(planExploration(source, context))
  const grouping = plan.blocks ? undefined : findGrouping(plan.root)
  const [period, ...keys] = grouping?.keys ?? []
  if (!grouping || !period || !isRowByRow(grouping.input)) return undefined
  const { measures } = grouping
  if (measures.some(({ per, over }) => per !== undefined || over !== undefined)) return undefined
  const read = [
    ...keys.map(({ value }) => value),
    ...measures.flatMap(({ aggregate: { args, where } }) => (where ? [...args, where] : args)),
  ]
  if (read.some(isAcross)) return undefined
  const told = new Map(read.filter(({ op }) => op !== 'literal').map((value) => [JSON.stringify(value), value]))
  const row = { op: 'literal', type: 'number', value: 1, isOwn: true } as const
  const aggregate = { fn: 'fingerprint', args: told.size > 0 ? [...told.values()] : [row] }
  const fingerprint = { name: 'fingerprint', type: 'text', aggregate } as const
  const { name, type } = period
  const root: Node = { ...grouping, keys: [period], measures: [fingerprint] }
  const { sql, parameters } = emit(
    { ...plan, root, columns: [{ name, type }, fingerprint], order: [] },
    context.dialect,
  )
  return { sql, parameters }
}
