import { expect, test } from 'vitest'
import type { TestedVerdict } from '../candidate.ts'
import type { Finding } from '../finding.ts'
import type { Controlled } from './control-errors.ts'
import { controlNewStories } from './control-new-stories.ts'

const numbers = { direction: 'down', from: '2026-09-14' } as const
const place = (metric: string) => ({ kind: 'level_shift', model: 'account', metric, slice: [] })
const story = (metric: string, pValue: number): { readonly lead: Controlled } => ({
  lead: {
    qValue: 0,
    verdict: {
      hypothesis: { key: metric, detector: 'level_shift', ...place(metric) },
      numbers: { ...numbers, pValue },
    } as unknown as TestedVerdict,
  },
})
const finding = (metric: string) => ({ key: metric, ...place(metric), ...numbers }) as unknown as Finding

const input = {
  control: { tested: 1000, ratioOf: ({ numbers: { pValue } }: TestedVerdict) => pValue },
  rate: 0.05,
  level: 0.001,
  before: [] as readonly Finding[],
  earlier: [] as readonly Finding[],
  repeated: new Set<string>(),
}
const told = (stories: readonly { readonly lead: Controlled }[]) =>
  stories.map(({ lead }) => [lead.verdict.hypothesis.metric, Number(lead.qValue.toPrecision(6))])

test('new stories are held to the level of the ledger, known ones to the promise', () => {
  const all = [story('signups', 1e-7), story('churn', 1e-5), story('revenue', 1e-5)]
  const { stories, ...found } = controlNewStories(all, { ...input, before: [finding('churn')] })
  expect(told(stories)).toEqual([
    ['churn', 0.01],
    ['signups', 0.0001],
  ])
  // with a p-value of 0 beside it signups would be the second of two, and revenue at 1e-5 · 1000 / 3 still none
  expect(found).toEqual({ discoveries: 1, discoveriesMax: 2 })
})

test('known stories do not let new ones in', () => {
  const known = Array.from({ length: 50 }, (_, at) => story(`known ${at}`, 1e-9))
  const before = known.map(({ lead }) => finding(lead.verdict.hypothesis.metric))
  // 1e-5 · 1000 / 51 is below the level, 1e-5 · 1000 is not
  expect(controlNewStories([...known, story('revenue', 1e-5)], { ...input, before }).stories).toHaveLength(50)
})

test('on data that have not changed, what was told is told and costs nothing, what was not is not', () => {
  const all = [story('signups', 1e-6), story('churn', 1e-8)]
  const repeated = new Set(['signups', 'churn'])
  const { stories, ...found } = controlNewStories(all, { ...input, repeated, earlier: [finding('signups')] })
  expect(told(stories)).toEqual([['signups', 0.001]])
  expect(found).toEqual({ discoveries: 0, discoveriesMax: 1 })
})
