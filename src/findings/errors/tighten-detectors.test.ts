import { expect, test } from 'vitest'
import { createRandom } from '../../stats/random.ts'
import type { TestedVerdict } from '../candidate.ts'
import type { StoredVerdict } from '../finding.ts'
import { controlErrors } from './control-errors.ts'
import { addReplicates, countReplicates, type ReplicateCounts, tightenDetectors } from './tighten-detectors.ts'

const replicate = (detector: string, pValue: number) =>
  ({ status: 'tested', isReplicate: true, hypothesis: { key: 'h', detector }, numbers: { pValue } }) as TestedVerdict

/** A day's replicates of a detector whose p-values are those of chance raised to a power: below 1 it is honest, above it is too sure. */
const liveDay = (tests: number, power: number, random: ReturnType<typeof createRandom>): ReplicateCounts =>
  countReplicates(Array.from({ length: tests }, () => replicate('bad', random.uniform() ** power)))

test('replicates are counted by detector, untestable ones left out', () => {
  const untestable = { status: 'untestable', hypothesis: { detector: 'outlier' } } as StoredVerdict
  const counts = countReplicates([replicate('outlier', 0.001), replicate('outlier', 0.2), untestable])
  expect(counts).toEqual({ outlier: { tested: 2, far: 1 } })
  expect(addReplicates([counts, counts, {}])).toEqual({ outlier: { tested: 4, far: 2 } })
})

test('a detector that was too sure in 1% is weakened so that a p-value is one again; chance alone is not', () => {
  // of 2,000 at 0.1% two are expected; binom.test(20, 2000, 0.001, "greater") is 2e-14, binom.test(5, 2000, …) 0.053
  const found = tightenDetectors({ bad: { tested: 2000, far: 20 }, good: { tested: 2000, far: 5 } })
  // P(p ≤ x) = x^b with 0.001^b = 0.01: b = 2/3
  expect(found).toEqual([{ detector: 'bad', tested: 2000, far: 20, exponent: expect.closeTo(2 / 3, 12) }])
})

test('what is told of a weakened detector has to be as sure as others after it', () => {
  const real = [
    { ...replicate('bad', 1e-6), hypothesis: { key: 'a', detector: 'bad', slice: [] } },
    { ...replicate('good', 1e-6), hypothesis: { key: 'b', detector: 'good', slice: [] } },
  ] as unknown as StoredVerdict[]
  const qValues = (tightened: Parameters<typeof controlErrors>[2]) =>
    controlErrors(real, 0.05, tightened).heldUp.map(({ verdict, qValue }) => [
      verdict.hypothesis.detector,
      Number(qValue.toPrecision(6)),
    ])
  expect(qValues([])).toEqual([
    ['bad', 1e-6],
    ['good', 1e-6],
  ])
  // 1e-6 ^ ½ = 0.001, the second of two
  expect(qValues([{ detector: 'bad', exponent: 0.5 }])).toEqual([
    ['good', 2e-6],
    ['bad', 0.001],
  ])
})

test('a detector that goes wrong is caught within days, and trusted again when its bad days are forgotten', () => {
  const random = createRandom(5)
  const days: ReplicateCounts[] = []
  const isTight = () => tightenDetectors(addReplicates(days.slice(-28))).length > 0
  const live = (count: number, power: number) => {
    const states: boolean[] = []
    for (let day = 0; day < count; day++) {
      days.push(liveDay(150, power, random))
      states.push(isTight())
    }
    return states
  }
  expect(live(60, 1)).not.toContain(true)
  const bad = live(28, 2)
  expect(bad.indexOf(true)).toBeLessThan(5)
  expect(bad.at(-1)).toBe(true)
  const mended = live(40, 1)
  expect(mended.slice(28)).not.toContain(true)
})

test('a good detector is suspected in few of many years', () => {
  const random = createRandom(6)
  let suspected = 0
  for (let year = 0; year < 60; year++) {
    const days = Array.from({ length: 250 }, () => ({ good: { tested: 150, far: random.binomial(150, 0.001) } }))
    suspected += Number(
      days.some((_, at) => tightenDetectors(addReplicates(days.slice(Math.max(0, at - 27), at + 1))).length > 0),
    )
  }
  expect(suspected).toBeLessThanOrEqual(6)
})
