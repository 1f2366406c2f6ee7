/** Numbers that one piece of work writes and forgets: allocated once, for a small typed array costs as much as a walk through it. */
let room = new Float64Array(0)
let used = 0
/** How many numbers the piece of work wanted at once. */
let most = 0
let depth = 0

/** A room larger than this (64 MB) is not kept. */
const keptMax = 2 ** 23

/**
 * An array of zeros. Within `inScratch` it is void as soon as the work is done: what outlives the work must be copied (`slice`) or made with
 * `new Float64Array`. Elsewhere it is an array like any other.
 */
export function allocate(length: number): Float64Array {
  if (depth === 0) return new Float64Array(length)
  const start = used
  used += length
  if (used > most) most = used
  // the room grows when nothing lies in it
  return used > room.length ? new Float64Array(length) : room.subarray(start, used).fill(0)
}

/** Does a piece of work whose result holds no array of `allocate`. May be nested; nothing in it may wait. */
export function inScratch<T>(work: () => T): T {
  const start = used
  depth++
  try {
    return work()
  } finally {
    used = start
    depth--
    if (depth === 0 && most > room.length && most <= keptMax) room = new Float64Array(most)
    if (depth === 0) most = 0
  }
}
