import type { Column, Node } from '../plan/plan.ts'

/** `columns` of `node`, and no others. */
export const restoreColumns = (node: Node, columns: readonly Column[]): Node => ({
  op: 'project',
  step: node.step,
  input: node,
  columns: columns.map(({ name, type, unit }) => ({
    name,
    type,
    from: name,
    ...(unit === undefined ? {} : { unit }),
  })),
})
