import { expect, test } from 'vitest'
import { createVerdict } from '../../store/testing/rows.ts'
import type { TestedVerdict } from '../candidate.ts'
import type { Controlled } from '../errors/control-errors.ts'
import { tellSuggested, weighAgainstWhole } from './tell-suggested.ts'

interface Held {
  readonly key: string
  readonly qValue?: number
  readonly measure?: string
  readonly direction?: 'up' | 'down'
  readonly from?: string | null
  readonly change?: number
}

function held({ key, qValue = 0.01, measure = 'count()', ...numbers }: Held): Controlled {
  const verdict = createVerdict('s', 0) as TestedVerdict
  const hypothesis = { ...verdict.hypothesis, key, measure }
  return { qValue, verdict: { ...verdict, hypothesis, numbers: { ...verdict.numbers, ...numbers } } }
}

const asOf = '2026-09-30'

test('a suggestion that says what nothing else does is a story of its own, the surest first', () => {
  const [one, other] = [held({ key: 'a', measure: 'sum(x)' }), held({ key: 'b', measure: 'avg(x)', qValue: 0.001 })]
  const { stories } = tellSuggested([one, other], [{ lead: held({ key: 't' }) }], asOf)
  expect(stories).toEqual([
    { lead: other, merged: [] },
    { lead: one, merged: [] },
  ])
})

test('one that says again what is told of the measure at its time becomes part of that', () => {
  const lead = held({ key: 't', measure: 'count( )' })
  const again = held({ key: 'a', from: '2026-09-18' })
  const { stories, addTo } = tellSuggested([again], [{ lead }], asOf)
  expect(stories).toEqual([])
  expect(addTo({ lead, merged: [] }).merged).toEqual([again])
})

test('another way, another time or a calm whole is no telling again', () => {
  const lead = held({ key: 't' })
  const apart = [
    held({ key: 'a', direction: 'up' }),
    held({ key: 'b', from: '2026-08-01', measure: 'sum(x)' }),
    held({ key: 'c', from: null, measure: 'avg(x)' }),
    held({ key: 'd', from: '2026-08-01' }),
  ]
  expect(tellSuggested(apart, [{ lead }], asOf).stories).toHaveLength(4)
  expect(tellSuggested([held({ key: 'e', change: 0.01, measure: 'min(x)' })], [], asOf).stories).toEqual([])
})

test('of two suggestions about one movement the surest is told, the other is part of it', () => {
  const [sure, less] = [held({ key: 'a', qValue: 1e-6 }), held({ key: 'b' })]
  const { stories, addTo } = tellSuggested([less, sure], [], asOf)
  expect(stories.map(({ lead }) => lead)).toEqual([sure])
  expect(addTo(stories[0]!).merged).toEqual([less])
})

test('what a suggestion is worth is its part of the whole, where that adds up and was tested', () => {
  const whole = createVerdict('s', 1) as TestedVerdict
  const of = (more: Partial<TestedVerdict['hypothesis']>): TestedVerdict => ({
    ...whole,
    hypothesis: { ...whole.hypothesis, slice: [], ...more },
    numbers: { ...whole.numbers, expected: 377 },
  })
  const own = held({ key: 'a' })
  const asked = (origin: 'suggested' | 'authored', kind = own.verdict.kind): Controlled => ({
    ...own,
    verdict: { ...own.verdict, kind, hypothesis: { ...own.verdict.hypothesis, origin } },
  })
  expect(weighAgainstWhole(asked('suggested'), [whole, of({})])).toBeCloseTo(37.7 / 377)
  const others = [
    of({ grain: 'week' }),
    of({ model: 'deal' }),
    of({ detector: 'trend' }),
    { ...of({}), isReplicate: true as const },
  ]
  expect(weighAgainstWhole(asked('suggested'), others)).toBeUndefined()
  expect(weighAgainstWhole(asked('suggested', 'ratio'), [of({})])).toBeUndefined()
  expect(weighAgainstWhole(asked('authored'), [of({})])).toBeUndefined()
})
