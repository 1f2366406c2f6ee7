import type { Span } from '../../base/diagnostic.ts'
import { Itself } from '../../base/itself.ts'

/** Where a node of a parsed tree stands in its text, which its copies do not know. */
class Place extends Itself {
  #span: Span

  constructor(node: object, span: Span) {
    super(node)
    this.#span = span
  }

  static put(node: object, span: Span): void {
    if (#span in node) node.#span = span
    else new Place(node, span)
  }

  static find(node: object): Span | undefined {
    return #span in node ? node.#span : undefined
  }
}

/** Remembers the place of `node` and freezes it. */
export function placeNode<T extends object>(node: T, span: Span): T {
  Place.put(node, span)
  for (const name in node) if (Array.isArray(node[name])) Object.freeze(node[name])
  return Object.freeze(node)
}

/** The place of a node in the text it was parsed from; undefined for a tree that was made otherwise. */
export const findSpan = (node: object): Span | undefined => Place.find(node)
