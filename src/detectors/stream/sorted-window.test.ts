import { expect, test } from 'vitest'
import { createRandom } from '../../stats/random.ts'
import { createSortedWindow } from './sorted-window.ts'

test('holds the last numbers in order, repeated ones too', () => {
  const random = createRandom(3)
  const values = Array.from({ length: 500 }, () => random.integer(0, 20))
  const window = createSortedWindow(64)
  values.forEach((value, at) => {
    window.add(value)
    const kept = values.slice(Math.max(0, at - 63), at + 1).sort((a, b) => a - b)
    expect(window.count()).toBe(kept.length)
    expect(Array.from(kept.keys(), window.pick)).toEqual(kept)
    expect(window.countAtLeast(10)).toBe(kept.filter((x) => x >= 10).length)
  })
})
