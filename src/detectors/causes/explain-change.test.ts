import { describe, expect, test } from 'vitest'
import { createRandom } from '../../stats/random.ts'
import { type LeafWorld, type PlantedCause, simulateLeaves } from '../simulation/simulate-leaves.ts'
import { explainChange } from './explain-change.ts'

const company: LeafWorld = { measure: 'count', values: [4, 6, 3], rows: 20_000, skew: 1, overdispersion: 0.01 }

const write = (where: PlantedCause['where']) =>
  Object.entries(where)
    .map(([field, value]) => `f${field}v${value}`)
    .join(' & ')

/** What is told of planted causes, as text: `f0v1 & f2v0`. */
const tell = (seed: number, world: LeafWorld, causes: readonly PlantedCause[]) =>
  explainChange(simulateLeaves(createRandom(seed), world, causes)).causes.map(({ slice }) =>
    slice.map(({ value }) => value).join(' & '),
  )

const planted: readonly (readonly [string, readonly PlantedCause[]])[] = [
  ['one slice of one field', [{ where: { 1: 2 }, factor: 0.5 }]],
  ['one slice of two fields', [{ where: { 0: 1, 2: 0 }, factor: 2 }]],
  [
    'two slices of different fields',
    [
      { where: { 0: 0 }, factor: 0.6 },
      { where: { 1: 3 }, factor: 0.3 },
    ],
  ],
]

describe.each(['count', 'money', 'ratio', 'mean'] as const)('%s', (measure) => {
  const world: LeafWorld = { ...company, measure, rows: measure === 'ratio' ? 200_000 : company.rows }
  test.each(planted)('%s', (_, causes) => {
    const expected = causes.map(({ where }) => write(where)).sort()
    const told = [1, 2, 3, 4, 5].map((seed) => tell(seed, world, causes).toSorted())
    const right = told.filter((some) => some.join() === expected.join())
    expect(right.length, JSON.stringify(told)).toBeGreaterThanOrEqual(4)
  })
})

test('what moved everywhere is the whole, not a list of slices', () => {
  const everywhere = [{ where: {}, factor: 0.7 }]
  const { causes } = explainChange(simulateLeaves(createRandom(3), company, everywhere))
  expect(causes).toHaveLength(1)
  expect(causes[0]).toMatchObject({ slice: [], share: 1 })
})

test('a slice that grows while the whole falls as much as it would have is told as well', () => {
  const causes = [
    { where: { 0: 0 }, factor: 0.4 },
    { where: { 0: 1 }, factor: 1.6 },
  ]
  expect(tell(4, company, causes).toSorted()).toEqual(['f0v0', 'f0v1'])
})

test('shares are parts of the whole change, ratios are told as ratios', () => {
  const leaves = {
    fields: ['plan', 'country'],
    labels: [
      ['free', 'pro'],
      ['EE', 'DE', 'FR'],
    ],
    codes: [Int32Array.of(0, 0, 0, 1, 1, 1), Int32Array.of(0, 1, 2, 0, 1, 2)],
    actual: Float64Array.of(100, 101, 99, 40, 41, 39),
    expected: Float64Array.of(100, 100, 100, 100, 100, 100),
    weight: { actual: new Float64Array(6).fill(1000), expected: new Float64Array(6).fill(1000) },
  }
  const { causes } = explainChange(leaves)
  expect(causes).toHaveLength(1)
  expect(causes[0]!.slice).toEqual([{ field: 'plan', value: 'pro' }])
  expect(causes[0]!.actual).toBeCloseTo(0.04, 12)
  expect(causes[0]!.expected).toBeCloseTo(0.1, 12)
  expect(causes[0]!.share).toBeCloseTo(1, 12)
})

test('no fields, no leaves and leaves that are as expected have no causes', () => {
  const none = {
    fields: ['a'],
    labels: [[]],
    codes: [new Int32Array(0)],
    actual: new Float64Array(0),
    expected: new Float64Array(0),
  }
  expect(explainChange(none).causes).toEqual([])
  const same = {
    fields: ['a'],
    labels: [['x', 'y']],
    codes: [Int32Array.of(0, 1)],
    actual: Float64Array.of(3, 0),
    expected: Float64Array.of(3, 0),
  }
  expect(explainChange(same).causes).toEqual([])
})
