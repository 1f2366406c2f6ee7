import { expect, test } from 'vitest'
import type { Slice } from '../../hypotheses/hypothesis.ts'
import type { Controlled } from '../errors/control-errors.ts'
import { tellStanding } from './standing.ts'

const told = (slice: string, change: number, pValue = 1e-6, metric = 'cost'): Controlled => {
  const conditions: Slice = slice === '' ? [] : slice.split('+').map((one) => ({ field: one[0]!, value: one }))
  const hypothesis = { metric, measure: metric, model: 'm', slice: conditions, detector: 'peer_outlier', text: slice }
  const numbers = {
    pValue,
    direction: change > 0 ? 'up' : 'down',
    observed: 1 + change,
    expected: 1,
    change,
    from: null,
  }
  return { qValue: pValue, verdict: { status: 'tested', hypothesis, numbers } } as unknown as Controlled
}
const leads = (all: readonly Controlled[]) => tellStanding(all).map(({ lead }) => lead.verdict.hypothesis.text)

test('a value within another says more only where it is more unlike its siblings there', () => {
  expect(leads([told('a1', 1), told('b1+a1', 1.2), told('b2+a1', 4)])).toEqual(['a1', 'b2+a1'])
  expect(leads([told('b1+a1', 1.2)])).toEqual(['b1+a1'])
})

test('the value that something lies within is no reason to leave it out', () => {
  expect(leads([told('b1', 1), told('b1+a1', 0.9)])).toEqual(['b1', 'b1+a1'])
})

test('that two fields go together is one story, told by its surest cell', () => {
  expect(leads([told('a1+b1', 2, 1e-9), told('b1+a1', 2, 1e-6), told('a2+b2', 3, 1e-4)])).toEqual(['a1+b1'])
  expect(leads([told('a1+b1', 2, 1e-9), told('a1+c1', 2, 1e-4)])).toEqual(['a1+b1', 'a1+c1'])
})

test('siblings on the other side are unlike because one is: they tell of the same', () => {
  const all = [told('a1', 2, 1e-9), told('a2', -0.5, 1e-4), told('a3', 1, 1e-3), told('b1', -0.5)]
  expect(leads(all)).toEqual(['a1', 'b1', 'a3'])
})

test('small differences are not told, and other measures are other stories', () => {
  expect(leads([told('a1', 0.1), told('a1', 0.6, 1e-4, 'time'), told('a1', 0.5)])).toEqual(['a1', 'a1'])
})

test('values of two fields with the same rows are one story, told by the surer', () => {
  const rows: Record<string, readonly number[]> = {
    a1: [1, 1, 1, 1, 0, 0, 0],
    b1: [1, 1, 1, 1, 1, 0, 0],
    b2: [0, 0, 0, 1, 1, 1, 1],
  }
  const rowsOf = ({ hypothesis }: { readonly hypothesis: { readonly text: string } }) =>
    Uint8Array.from(rows[hypothesis.text]!)
  const told3 = [told('a1', 2, 1e-4), told('b1', 2.2, 1e-9), told('b2', 2.1, 1e-4)]
  expect(tellStanding(told3, rowsOf).map(({ lead, merged }) => [lead.verdict.hypothesis.text, merged.length])).toEqual([
    ['b1', 1],
    ['b2', 0],
  ])
})

test('a metric that is another by its numbers is told once', () => {
  expect(leads([told('a1', 0.5), told('a1', 0.5, 1e-6, 'the same')])).toEqual(['a1'])
})
