import { expect, test } from 'vitest'
import { addPeriods } from '../base/periods.ts'
import type { Metric } from '../catalog/catalog.ts'
import type { Slice } from '../hypotheses/hypothesis.ts'
import { createRandom } from '../stats/random.ts'
import type { SliceSpace } from './candidate.ts'
import { toCandidate } from './choose-candidates.ts'
import type { Controlled } from './errors/control-errors.ts'
import type { Parts } from './explain/parts.ts'

const length = 200
const onset = 170
const periods = Array.from({ length }, (_, day) => addPeriods('2026-01-01', day, 'day'))
const metric = { name: 'orders', model: 'order', good: 'up' } as unknown as Metric
const plans = { pro: 0.2, free: 0.8 } as const

/** Orders a day by plan; `times` is by what they are multiplied from the onset on. */
function makeSpace(times: (plan: keyof typeof plans) => number): SliceSpace {
  const random = createRandom(3)
  const names = Object.keys(plans) as (keyof typeof plans)[]
  const days = new Map(
    names.map((plan) => [
      plan,
      Float64Array.from({ length }, (_, day) => random.poisson(400 * plans[plan] * (day < onset ? 1 : times(plan)))),
    ]),
  )
  const read = (slice: Slice): Parts => {
    const own = names.filter((plan) => slice.every(({ value }) => value === plan))
    const total = Float64Array.from({ length }, (_, day) => own.reduce((sum, plan) => sum + days.get(plan)![day]!, 0))
    return { kind: 'count', total, weight: undefined, rows: total }
  }
  return {
    periods,
    excluded: new Uint8Array(length),
    season: 7,
    partsOf: async (_metric, slice) => read(slice),
    slicesBy: async () => [],
  }
}

const fall = (slice: Slice): Controlled => {
  const numbers = { direction: 'down', from: periods[onset]!, to: null, change: -0.3 }
  const hypothesis = { detector: 'level_shift', metric: 'orders', model: 'order', slice, grain: 'day', text: '' }
  return { verdict: { status: 'tested', hypothesis, numbers }, qValue: 1e-6 } as unknown as Controlled
}
const pro: Slice = [{ field: 'plan', value: 'pro' }]

test('a slice that fell by itself is a candidate', async () => {
  const space = makeSpace((plan) => (plan === 'pro' ? 0.7 : 1))
  expect(await toCandidate(fall(pro), metric, space)).toMatchObject({ movement: { change: expect.closeTo(-0.3, 1) } })
})

test('where everything fell the whole is a candidate, and a slice that only went with it is none', async () => {
  const space = makeSpace(() => 0.7)
  expect(await toCandidate(fall([]), metric, space)).toHaveProperty('movement')
  expect(await toCandidate(fall(pro), metric, space)).toBe('common')
  expect(await toCandidate(fall(pro), metric, space, true)).toHaveProperty('movement')
})

test('a slice that fell much further than everything else is a candidate', async () => {
  const space = makeSpace((plan) => (plan === 'pro' ? 0.5 : 0.85))
  expect(await toCandidate(fall(pro), metric, space)).toHaveProperty('movement')
})

test('a value that went against all others is seen by its share of them, from half the floor in its own rows on', async () => {
  const parted = (slice: Slice): Controlled => {
    const { verdict, qValue } = fall(slice)
    return {
      verdict: { ...verdict, hypothesis: { ...verdict.hypothesis, detector: 'divergence' } },
      qValue,
    } as Controlled
  }
  const judge = (times: number) =>
    toCandidate(
      parted(pro),
      metric,
      makeSpace((plan) => (plan === 'pro' ? times : 1.3)),
    )
  const seen = { isAgainst: true, movement: { change: expect.closeTo(-0.29, 1) } }
  expect(await judge(0.89)).toMatchObject(seen)
  // by itself it stayed where it was: the others rose
  expect(await judge(0.97)).toBe('apart')
})

/** Tries, or ratings, with a rate or a mean that is another from the onset on; `deviation` is that of a day's mean. */
function judgeLevel(kind: 'ratio' | 'mean', before: number, after: number, deviation: number) {
  const random = createRandom(8)
  const weight = Float64Array.from({ length }, () => random.poisson(120))
  const total = weight.map((n, day) => n * ((day < onset ? before : after) + deviation * random.normal()))
  const space = { ...makeSpace(() => 1), partsOf: async (): Promise<Parts> => ({ kind, total, weight, rows: weight }) }
  const { verdict, qValue } = fall([])
  const numbers = { ...verdict.numbers, expected: before, change: after / before - 1 }
  return toCandidate({ verdict: { ...verdict, kind, numbers }, qValue } as Controlled, metric, space)
}

test('a rate that nearly always succeeds is measured by its failures', async () => {
  expect(await judgeLevel('ratio', 0.96, 0.92, 0.018)).toHaveProperty('movement')
  expect(await judgeLevel('ratio', 0.6, 0.57, 0.018)).toBe('small')
})

test('a mean that never moved is told though it moved little, and one that always does is not', async () => {
  expect(await judgeLevel('mean', 4.5, 4.2, 0.07)).toMatchObject({ movement: { change: expect.closeTo(-0.07, 1) } })
  expect(await judgeLevel('mean', 4.5, 4.2, 0.6)).toBe('apart')
  expect(await judgeLevel('mean', 4.5, 4.4, 0.07)).toBe('small')
})
