import { expect, test } from 'vitest'
import { allocate, inScratch } from './scratch.ts'

test('outside a piece of work arrays are their own', () => {
  const [first, second] = [allocate(3), allocate(3)]
  first.fill(1)
  expect([...second]).toEqual([0, 0, 0])
  expect(second.buffer).not.toBe(first.buffer)
})

test('arrays of one piece of work do not overlap, and are zeros again in the next', () => {
  const sum = (values: Float64Array) => values.reduce((total, x) => total + x, 0)
  for (let round = 0; round < 3; round++)
    inScratch(() => {
      const first = allocate(100).fill(1)
      const inner = inScratch(() => sum(allocate(50).fill(2)))
      const second = allocate(1000)
      expect([sum(first), inner, sum(second)]).toEqual([100, 100, 0])
      second.fill(3)
      expect(sum(first)).toBe(100)
    })
})

test('from the second time on the room is the same', () => {
  const work = () => inScratch(() => allocate(20_000).buffer)
  work()
  expect(work()).toBe(work())
})

test('what throws leaves the room as it was', () => {
  const fail = () =>
    inScratch(() => {
      allocate(10)
      throw new Error('failed')
    })
  expect(fail).toThrow('failed')
  expect(allocate(4).buffer).not.toBe(allocate(4).buffer)
})
