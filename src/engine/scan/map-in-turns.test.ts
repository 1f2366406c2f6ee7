import { expect, test } from 'vitest'
import { mapInTurns } from './map-in-turns.ts'

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
