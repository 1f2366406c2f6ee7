import type { Span } from '../../base/diagnostic.ts'

/** Where each node of a parsed tree stands in its text. Beside the tree, so that the tree stays plain data. */
const spans = new WeakMap<object, Span>()

/** Remembers the place of `node` and freezes it. */
export function placeNode<T extends object>(node: T, span: Span): T {
  spans.set(node, span)
  for (const name in node) if (Array.isArray(node[name])) Object.freeze(node[name])
  return Object.freeze(node)
}

/** The place of a node in the text it was parsed from; undefined for a tree that was made otherwise. */
export const findSpan = (node: object): Span | undefined => spans.get(node)
