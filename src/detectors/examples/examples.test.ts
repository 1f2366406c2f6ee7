import { expect, test } from 'vitest'
import type { Verdict } from '../detector.ts'
import { detectors } from '../index.ts'
import { examples } from './index.ts'

test('every detector has its examples, in the order of the registry', () => {
  expect(examples.map(({ detector }) => detector)).toEqual(detectors.map(({ name }) => name))
})

test.each(examples)('$detector tells its hit and leaves its calm example alone', ({ detector: name, hit, calm }) => {
  const detector = detectors.find((one) => one.name === name)!
  const judge = detector.detect as (data: unknown, options: unknown) => Verdict
  const options = detector.options.parse({})
  const [told, left] = [judge(hit.data(), options), judge(calm.data(), options)]
  expect(told.status === 'tested' && told.pValue).toBeLessThan(1e-3)
  if (told.status === 'tested') {
    const { effect, sentence } = told
    expect(effect.low).toBeLessThanOrEqual(effect.value)
    expect(effect.high).toBeGreaterThanOrEqual(effect.value)
    expect(sentence.verb).not.toBe('')
  }
  expect(left.status === 'tested' ? left.pValue : 1).toBeGreaterThan(0.05)
})
