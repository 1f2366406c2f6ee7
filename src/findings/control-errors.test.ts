import { expect, test } from 'vitest'
import type { Story } from './candidate.ts'
import { controlErrors, controlStories } from './control-errors.ts'
import type { StoredVerdict } from './finding.ts'

const tested = (pValue: number) => ({ status: 'tested', numbers: { pValue } }) as unknown as StoredVerdict
const untestable = { status: 'untestable', reason: 'short' } as unknown as StoredVerdict

test('p-values are judged against all that was tested', () => {
  // p.adjust(c(0.001, 0.008, 0.039, 0.041, 0.9), "BH") = 0.005 0.02 0.05125 0.05125 0.9
  const control = controlErrors([0.9, 0.039, 0.001, 0.041, 0.008].map(tested), 0.05)
  expect(control.heldUp.map(({ qValue }) => Number(qValue.toFixed(5)))).toEqual([0.005, 0.02])
  expect(control.threshold).toBe(0.008)
})

test('what could not be tested is counted and takes no part', () => {
  const control = controlErrors([tested(0.04), untestable, untestable], 0.05)
  expect(control).toMatchObject({ tested: 1, untestable: 2 })
  expect(control.heldUp).toHaveLength(1)
})

test('nothing held up: the threshold is 0', () => {
  expect(controlErrors([tested(0.5), tested(0.3)], 0.05)).toMatchObject({ heldUp: [], threshold: 0 })
})

const story = (pValue: number) => ({ lead: { verdict: tested(pValue), qValue: 0 }, merged: [] }) as unknown as Story

test('a story is one discovery, however many slices told of it', () => {
  const held = controlStories([story(1e-9), story(1e-4)], 1000, 0.05)
  expect(held.map(({ lead }) => lead.qValue)).toEqual([1e-9 * 1000, (1e-4 * 1000) / 2])
  expect(controlStories([story(1e-9), story(2e-4)], 1000, 0.05)).toHaveLength(1)
})
