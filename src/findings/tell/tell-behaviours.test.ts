import { expect, test } from 'vitest'
import type { Controlled } from '../errors/control-errors.ts'
import { tellBehaviours } from './tell-behaviours.ts'

interface Held {
  readonly name: string
  readonly model?: string
  readonly pValue?: number
  readonly shares?: readonly [observed: number, expected: number, range: number]
}

const held = ({ name, model = 'user', pValue = 1e-6, shares = [0.6, 0.45, 0.05] }: Held): Controlled => {
  const [observed, expected, range] = shares
  const numbers = { pValue, observed, expected, low: expected - range, high: expected + range, details: {} }
  const hypothesis = { model, text: name, detector: 'association' }
  return { verdict: { hypothesis, numbers }, qValue: 0 } as unknown as Controlled
}

const tell = (...all: readonly Held[]) =>
  tellBehaviours(all.map(held)).map(({ lead, merged }) =>
    [lead, ...merged].map(({ verdict: { hypothesis } }) => hypothesis.text),
  )

test('of all that members do the surest tells, and names the others', () => {
  const all = [{ name: 'a' }, { name: 'b', pValue: 1e-9 }, { name: 'c', model: 'account' }, { name: 'd' }]
  expect(tell(...all)).toEqual([['b', 'a', 'd'], ['c']])
})

test('trifles are not told, however many members make them sure', () => {
  const of = (observed: number, expected: number, range = 0.01) =>
    tell({ name: 'a', pValue: 1e-30, shares: [observed, expected, range] }).length
  expect(of(0.04, 0.02)).toBe(0)
  expect(of(0.53, 0.47)).toBe(0)
  expect(of(0.6, 0.46, 0.13)).toBe(0)
  expect(of(0.56, 0.45)).toBe(1)
  expect(of(0.3, 0.45)).toBe(1)
  // half as many stay away
  expect(of(0.95, 0.89)).toBe(1)
})
