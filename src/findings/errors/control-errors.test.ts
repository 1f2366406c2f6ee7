import { expect, test } from 'vitest'
import type { Slice } from '../../hypotheses/hypothesis.ts'
import type { Story, TestedVerdict } from '../candidate.ts'
import type { StoredVerdict } from '../finding.ts'
import { controlErrors, controlStories } from './control-errors.ts'

let made = 0
const tested = (pValue: number, slice: Slice = []) => {
  const hypothesis = { key: `h${made++}`, model: 'account', metric: 'signups', slice }
  return { status: 'tested', hypothesis, numbers: { pValue } } as unknown as TestedVerdict
}
const untestable = { status: 'untestable', reason: 'short' } as unknown as StoredVerdict

test('p-values are judged against all that was tested', () => {
  // p.adjust(c(0.001, 0.008, 0.039, 0.041, 0.9), "BH") = 0.005 0.02 0.05125 0.05125 0.9
  const control = controlErrors(
    [0.9, 0.039, 0.001, 0.041, 0.008].map((p) => tested(p)),
    0.05,
  )
  expect(control.heldUp.map(({ qValue }) => Number(qValue.toFixed(5)))).toEqual([0.005, 0.02])
  expect(control.threshold).toBe(0.008)
})

test('one of few wholes need not be as certain as one of many pairs', () => {
  const pair: Slice = [
    { field: 'source', value: 'ads' },
    { field: 'plan', value: 'pro' },
  ]
  const calm = Array.from({ length: 97 }, () => tested(0.9, pair))
  // weights: wholes 100 / (2 · 2) = 25, pairs 100 / (2 · 98)
  const control = controlErrors([tested(0.002), tested(0.5), tested(0.002, pair), ...calm], 0.05)
  expect(control.heldUp).toHaveLength(1)
  expect(control.heldUp[0]!.verdict.hypothesis.slice).toEqual([])
  expect(control.heldUp[0]!.qValue).toBeCloseTo((0.002 / 25) * 100, 12)
})

test('what could not be tested is counted and takes no part', () => {
  const control = controlErrors([tested(0.004), untestable, untestable], 0.05)
  expect(control).toMatchObject({ tested: 1, untestable: 2 })
  expect(control.heldUp).toHaveLength(1)
})

test('nothing held up: the threshold is 0', () => {
  expect(controlErrors([tested(0.5), tested(0.3)], 0.05)).toMatchObject({ heldUp: [], threshold: 0 })
})

test('a story is one discovery, however many slices told of it', () => {
  const story = (pValue: number) => ({ lead: { verdict: tested(pValue), qValue: 0 }, merged: [] }) as unknown as Story
  const control = { tested: 1000, ratioOf: ({ numbers }: TestedVerdict) => numbers.pValue }
  const held = controlStories([story(1e-9), story(1e-4)], control, 0.05)
  expect(held.map(({ lead }) => lead.qValue)).toEqual([1e-9 * 1000, (1e-4 * 1000) / 2])
  expect(controlStories([story(1e-9), story(2e-4)], control, 0.05)).toHaveLength(1)
})

test('a story is as sure as the surest test of its table that tells of it', () => {
  const of = (pValue: number, direction: string, model = 'account') => {
    const verdict = tested(pValue)
    const { hypothesis, numbers } = verdict
    return {
      verdict: { ...verdict, hypothesis: { ...hypothesis, model }, numbers: { ...numbers, direction } },
      qValue: 0,
    }
  }
  const control = { tested: 1000, ratioOf: ({ numbers }: TestedVerdict) => numbers.pValue }
  const hold = (...merged: readonly unknown[]) =>
    controlStories([{ lead: of(1e-3, 'down'), merged } as unknown as Story], control, 0.05)
  expect(hold()).toEqual([])
  expect(hold(of(1e-5, 'down')).map(({ lead }) => lead.qValue)).toEqual([1e-5 * 1000])
  expect(hold(of(1e-5, 'up'), of(1e-5, 'down', 'invoice'))).toEqual([])
})

test('what a test by itself would not believe is let in by no company of surer ones', () => {
  const sure = Array.from({ length: 200 }, (_, at) => tested(1e-9, [{ field: 'plan', value: `p${at}` }]))
  const weak = (pValue: number) => controlErrors([...sure, tested(pValue)], 0.05).heldUp.length - sure.length
  expect(weak(0.009)).toBe(1)
  expect(weak(0.011)).toBe(0)
})
