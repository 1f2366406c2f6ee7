import { setImmediate as yieldToOthers } from 'node:timers/promises'

/** Stretch of work before others get their turn (other jobs of the worker, requests, signals). */
const turnMs = 10

/** Work that may be interrupted wherever it yields. */
export type Steps<T> = Generator<void, T, void>

/** The work done, with others getting their turn on the way; one step more may end a turn. `busyMs` is without the turns of others. */
export async function runInTurns<T>(
  work: Steps<T>,
  signal?: AbortSignal,
): Promise<{ readonly result: T; readonly busyMs: number }> {
  let busyMs = 0
  for (;;) {
    const began = performance.now()
    let step = work.next()
    while (!step.done && performance.now() - began < turnMs) step = work.next()
    busyMs += performance.now() - began
    if (step.done) return { result: step.value, busyMs }
    await yieldToOthers()
    signal?.throwIfAborted()
  }
}

/** `list.map(work)` in turns. */
export async function mapInTurns<T, R>(list: Iterable<T>, work: (one: T) => R): Promise<readonly R[]> {
  return (await runInTurns(mapSteps(list, work))).result
}

function* mapSteps<T, R>(list: Iterable<T>, work: (one: T) => R): Steps<readonly R[]> {
  const done: R[] = []
  for (const one of list) {
    done.push(work(one))
    yield
  }
  return done
}
