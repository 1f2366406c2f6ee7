import { expect, test } from 'vitest'
import { drawBar } from './draw-bar.ts'

test('bars are exact to an eighth and never longer than their room', () => {
  expect(drawBar(0, 4)).toBe('    ')
  expect(drawBar(0.5, 4)).toBe('██  ')
  expect(drawBar(0.28, 4)).toBe('█▏  ')
  expect(drawBar(1.7, 4)).toBe('████')
  expect(drawBar(-1, 4)).toBe('    ')
})
