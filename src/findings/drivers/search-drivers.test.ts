import { expect, test } from 'vitest'
import { createRandom } from '../../stats/random.ts'
import { divideChange, expectMembers, type Member, type SideRow } from './expect-members.ts'
import { searchDrivers, toLeaves } from './search-drivers.ts'
import { splitMix } from './split-mix.ts'
import { weighAccounts } from './weigh-accounts.ts'

const plans = ['free', 'pro', 'ent']
const countries = ['DE', 'EE', 'FI', 'US', 'GB']
const fields = ['plan', 'account.country']

/** Two fields that cross, 200 expected of each leaf, Poisson noise; what `factorOf` says happened. */
function makeWorld(seed: number, factorOf: (plan: string, country: string) => number): readonly Member[] {
  const random = createRandom(seed)
  return plans.flatMap((plan) =>
    countries.map((country) => ({
      keys: [plan, country],
      actual: random.poisson(200 * factorOf(plan, country)),
      expected: 200,
      weight: undefined,
    })),
  )
}

test('the slices that moved are named, with their share, and nothing where all moved alike', () => {
  const one = searchDrivers(
    toLeaves(
      fields,
      makeWorld(1, (_, country) => (country === 'DE' ? 0.4 : 1)),
    ),
  )
  expect(one?.map(({ slice }) => slice)).toEqual([[{ field: 'account.country', value: 'DE' }]])
  expect(one![0]!.share).toBeGreaterThan(0.8)
  const even = [1, 2, 3, 4, 5].map((seed) =>
    searchDrivers(
      toLeaves(
        fields,
        makeWorld(seed, () => 0.6),
      ),
    ),
  )
  expect(even).toEqual([[], [], [], [], []])
})

test('with fewer leaves than can be told from chance nothing is said', () => {
  expect(searchDrivers(toLeaves(fields, makeWorld(1, () => 1).slice(0, 8)))).toBeUndefined()
})

test('expected is the mean of the same day of the week, in whatever order rows come', () => {
  const rows: readonly SideRow[] = [
    { isNow: false, phase: 1, keys: ['a'], value: 80, weight: undefined },
    { isNow: false, phase: 6, keys: ['a'], value: 16, weight: undefined },
    { isNow: true, phase: 1, keys: ['a'], value: 5, weight: undefined },
    { isNow: true, phase: 6, keys: ['b'], value: 3, weight: undefined },
  ]
  const periods = {
    now: new Map([
      [1, 2],
      [6, 1],
    ]),
    before: new Map([
      [1, 8],
      [6, 8],
    ]),
  }
  const members = expectMembers(rows, periods)
  expect(members).toEqual([
    { keys: ['a'], actual: 5, expected: 2 * 10 + 2, weight: undefined },
    { keys: ['b'], actual: 3, expected: 0, weight: undefined },
  ])
  expect(expectMembers(rows.toReversed(), periods)).toEqual(members)
})

const rate = (plan: string, actual: number, now: number, expected: number, before: number): Member => ({
  keys: [plan],
  actual,
  expected,
  weight: { actual: now, expected: before },
})

test('a change of a rate is split exactly into what rates did and what the mix did', () => {
  // free converts at 10%, pro at 50%; half are free before, 80% after: all of the fall from 30% to 18% is the mix
  const mix = splitMix(['plan'], [rate('free', 80, 800, 50, 500), rate('pro', 100, 200, 250, 500)])!
  expect(mix).toMatchObject({ field: 'plan', value: 'pro', shareBefore: 0.5, shareAfter: 0.2 })
  expect(mix.change).toBeCloseTo(-0.12, 12)
  expect(mix.mix).toBeCloseTo(-0.12, 12)
  expect(mix.within).toBeCloseTo(0, 12)
  // the same, and pro falls to 40% as well
  const both = splitMix(['plan'], [rate('free', 80, 800, 50, 500), rate('pro', 80, 200, 250, 500)])!
  expect(both.within + both.mix).toBeCloseTo(both.change, 12)
  expect(both.within).toBeCloseTo(-0.1 * 0.35, 12)
  expect(splitMix(['plan'], [{ keys: ['free'], actual: 1, expected: 2, weight: undefined }])).toBeUndefined()
})

test('accounts have shares of the movement that add up, the largest first', () => {
  const members: readonly Member[] = [
    { keys: [1, 'Acme'], actual: 20, expected: 100, weight: undefined },
    { keys: [2, null], actual: 40, expected: 60, weight: undefined },
    { keys: [3, 'Steady'], actual: 10, expected: 10, weight: undefined },
    { keys: [null, null], actual: 0, expected: 0, weight: undefined },
  ]
  expect(weighAccounts(members)).toEqual({
    count: 3,
    concerned: 2,
    top: [
      { key: 1, label: 'Acme', share: 0.8, actual: 20, expected: 100 },
      { key: 2, share: 0.2, actual: 40, expected: 60 },
    ],
  })
})

test('an account whose rate and weight stay as they were has no part in the change of a rate', () => {
  const members = [rate('steady', 50, 100, 50, 100), rate('fallen', 10, 100, 90, 100)]
  const { actual, expected, parts } = divideChange(members)
  expect(parts[0]).toBeCloseTo(0, 12)
  expect(parts[0]! + parts[1]!).toBeCloseTo(actual - expected, 12)
})
