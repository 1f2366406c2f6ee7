import { invariant } from './invariant.ts'
import { Itself } from './itself.ts'

type Works = Readonly<Record<string, () => unknown>>

class Lazy extends Itself {
  readonly #works: Works

  constructor(target: object, works: Works) {
    super(target)
    this.#works = works
  }

  /** Works out a member of `target`, where it then stays. */
  static work(target: object, name: string): unknown {
    invariant(#works in target, 'a lazy member is read from the object that it was added to')
    const made = target.#works[name]?.()
    Object.defineProperty(target, name, { value: made, enumerable: true })
    return made
  }
}

/** One for all objects, so that the engine takes them for alike. */
const descriptors = new Map<string, PropertyDescriptor>()

function describe(name: string): PropertyDescriptor {
  const known = descriptors.get(name)
  if (known) return known
  const descriptor: PropertyDescriptor = {
    enumerable: true,
    configurable: true,
    get(this: object) {
      return Lazy.work(this, name)
    },
  }
  descriptors.set(name, descriptor)
  return descriptor
}

/**
 * Adds members that are worked out when they are first read, and then kept: for what few readers of a value ask, such as sentences. They
 * are enumerable, so that copies, comparisons and JSON see them as any other; `works` must not depend on when they are called.
 */
export function addLazy<T extends object, L extends object>(
  value: T,
  works: { readonly [K in keyof L]: () => L[K] },
): T & Readonly<L> {
  const target: T = { ...value }
  new Lazy(target, works as Works)
  for (const name in works) Object.defineProperty(target, name, describe(name))
  return target as T & Readonly<L>
}
