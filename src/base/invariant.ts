/** A bug, should it ever fail: states what the code relies on. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`invariant: ${message}`)
}

/** For the `default` of a switch over a union: the compiler proves it unreachable. */
export function unreachable(value: never): never {
  throw new Error(`invariant: unexpected ${JSON.stringify(value)}`)
}
