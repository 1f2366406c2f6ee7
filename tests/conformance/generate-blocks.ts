import { findUniqueKey, listColumns } from '../../src/dsl/emit/columns.ts'
import type { AggregateCall, Column, Node, Plan } from '../../src/dsl/plan/plan.ts'
import { type Draw, drawExpression } from './generate-expression.ts'
import { type Growing, read } from './generate-steps.ts'

type Blocks = NonNullable<Plan['blocks']>[number][]

/** The node so far as a block of its own, which is then read once or twice: as it is, below itself, or beside itself. */
export function readTwice(draw: Draw, { node, columns, axis }: Growing, step: number, blocks: Blocks): Growing {
  const name = `block ${step}`
  const key = findUniqueKey(node)
  const all = listColumns(node)
  blocks.push({ name, node })
  const rows: Node = { op: 'block', step, name, columns: all, ...(key && { key }) }
  const texts = all.filter(({ type }) => type === 'text')
  const kind = draw(['once', 'below', 'beside'] as const)
  if (kind === 'below') {
    const where = drawExpression(draw, columns, 'boolean', 2)
    const inputs: readonly Node[] = [rows, { op: 'filter', step, input: rows, where }]
    return { node: { op: 'union', step, inputs, columns: all }, columns, axis: undefined }
  }
  if (kind === 'once' || texts.length === 0) return { node: rows, columns, axis }
  const by = draw(texts)
  const added: Column = { name: `alike${step}`, type: 'number' }
  const count: AggregateCall = { fn: 'count', args: [] }
  const to: Node = {
    op: 'aggregate',
    step,
    input: rows,
    keys: [{ ...by, value: read(by.name) }],
    measures: [{ ...added, aggregate: count }],
  }
  const on = [{ left: by.name, right: by.name }]
  const beside: Node = {
    op: 'lookup',
    step,
    input: rows,
    to,
    on,
    matchesEmpty: true,
    columns: [{ ...added, from: added.name }],
  }
  return { node: beside, columns: [...columns, added], axis }
}
