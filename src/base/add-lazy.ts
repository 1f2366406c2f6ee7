/**
 * Adds members that are worked out when they are first read, and then kept: for what few readers of a value ask, such as sentences. They
 * are enumerable, so that copies, comparisons and JSON see them as any other; `works` must not depend on when they are called.
 */
export function addLazy<T extends object, L extends object>(
  value: T,
  works: { readonly [K in keyof L]: () => L[K] },
): T & Readonly<L> {
  const target: T = { ...value }
  for (const name of Object.keys(works) as (keyof L & string)[])
    Object.defineProperty(target, name, {
      enumerable: true,
      configurable: true,
      get: () => {
        const made = works[name]()
        Object.defineProperty(target, name, { value: made, enumerable: true })
        return made
      },
    })
  return target as T & Readonly<L>
}
