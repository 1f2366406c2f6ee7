import { findUniqueKey, listColumns } from '../emit/columns.ts'
import type { Builder } from '../lower-expression.ts'
import type { Node } from '../plan.ts'

/** A table with its filters and what is looked up in other tables: cheaper to read again than to keep. */
function isPlain(node: Node): boolean {
  switch (node.op) {
    case 'scan':
      return true
    case 'filter':
    case 'project':
      return isPlain(node.input)
    case 'lookup':
      return isPlain(node.input) && isPlain(node.to)
    default:
      return false
  }
}

/** The rows so far, for a step that reads them twice: what took work is worked out once, under a name of its own. */
export function shareRows(builder: Builder, wanted: string): Node {
  const node = builder.node()
  if (isPlain(node)) return node
  const name = builder.names.take(wanted)
  builder.shared.push({ name, node })
  const key = findUniqueKey(node)
  builder.push((_, step) => ({ op: 'block', step, name, columns: listColumns(node), ...(key ? { key } : {}) }))
  return builder.node()
}
