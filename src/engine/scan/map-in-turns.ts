import { setImmediate as yieldToOthers } from 'node:timers/promises'

/** Stretch of work before others get their turn (other jobs of the worker, requests, signals). */
const turnMs = 10

/** `list.map(work)`, with others getting their turn on the way; one piece of work more may end a turn. */
export async function mapInTurns<T, R>(list: Iterable<T>, work: (one: T) => R): Promise<readonly R[]> {
  const done: R[] = []
  let since = performance.now()
  for (const one of list) {
    done.push(work(one))
    if (performance.now() - since < turnMs) continue
    await yieldToOthers()
    since = performance.now()
  }
  return done
}
