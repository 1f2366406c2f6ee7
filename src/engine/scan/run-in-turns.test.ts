import { expect, test } from 'vitest'
import { mapInTurns, runInTurns } from './run-in-turns.ts'

test('work is done in its order, and others get their turn before all of it is', async () => {
  const order: string[] = []
  setImmediate(() => order.push('another'))
  const squares = await mapInTurns([1, 2, 3, 4], (one) => {
    const until = performance.now() + 8
    while (performance.now() < until);
    order.push(String(one))
    return one * one
  })
  expect(squares).toEqual([1, 4, 9, 16])
  expect(order.indexOf('another')).toBeGreaterThan(0)
  expect(order.indexOf('another')).toBeLessThan(4)
})

test('work that is cancelled ends at its next turn', async () => {
  function* endless(): Generator<void, never, void> {
    for (;;) yield
  }
  await expect(runInTurns(endless(), AbortSignal.timeout(20))).rejects.toThrow('timeout')
})
