import { expect, test } from 'vitest'
import { beta } from './beta.ts'
import { betaBinomial } from './beta-binomial.ts'
import { binomial } from './binomial.ts'
import { f } from './f.ts'
import { gamma } from './gamma.ts'
import { hypergeometric } from './hypergeometric.ts'
import { negativeBinomial } from './negative-binomial.ts'
import { poisson } from './poisson.ts'
import { createRandom } from './random.ts'
import { studentT } from './student-t.ts'

type Tail = (...values: readonly number[]) => number
interface Distribution {
  readonly lowerTail: unknown
  readonly upperTail: unknown
  readonly mass?: unknown
}

const random = createRandom(5)
const pick = (...values: readonly number[]) => values[Math.floor(random.uniform() * values.length)]!
/** Any order of magnitude between the two. */
const spread = (low: number, high: number) => low * (high / low) ** random.uniform()

/** What both tails share must be the point itself: 0 where there is no mass. */
function expectWhole(distribution: Distribution, values: readonly number[]) {
  const [lower, upper, mass] = [distribution.lowerTail, distribution.upperTail, distribution.mass ?? (() => 0)].map(
    (of) => (of as Tail)(...values),
  )
  for (const share of [lower!, upper!, mass!]) {
    expect(share, String(values)).toBeGreaterThanOrEqual(0)
    expect(share, String(values)).toBeLessThanOrEqual(1 + 1e-9)
  }
  expect(lower! + upper! - mass!, String(values)).toBeCloseTo(1, 9)
}

test('tails of counts add up, whatever the arguments', () => {
  for (let round = 0; round < 300; round++) {
    const trials = Math.floor(spread(1, 1e9))
    const chance = pick(random.uniform(), spread(1e-300, 1), 1 - spread(1e-16, 1), 0, 1)
    const few = random.integer(0, Math.min(trials, 20))
    const count = pick(random.integer(0, trials), Math.round(trials * chance), few, trials - few)
    expectWhole(binomial, [count, trials, chance])
    expectWhole(betaBinomial, [count, trials, chance, pick(spread(1e-25, 0.999), 0, 1 - spread(1e-12, 1))])
    const mean = spread(1e-10, 1e9)
    const number = pick(0, Math.round(mean), Math.round(mean * spread(0.5, 2)), few)
    expectWhole(poisson, [number, mean])
    expectWhole(negativeBinomial, [number, mean, pick(0, spread(1e-25, 1e3))])
    const [first, second] = [Math.floor(spread(1, 1e8)), Math.floor(spread(1, 1e8))]
    const drawn = random.integer(1, first + second)
    const [least, most] = [Math.max(0, drawn - second), Math.min(first, drawn)]
    expectWhole(hypergeometric, [pick(least, most, random.integer(least, most)), first, second, drawn])
  }
})

test('tails of numbers add up, whatever the arguments', () => {
  for (let round = 0; round < 300; round++) {
    const [a, b] = [spread(1e-6, 1e9), spread(1e-6, 1e9)]
    expectWhole(beta, [pick(random.uniform(), a / (a + b), spread(1e-300, 1), 1 - spread(1e-16, 1), 0, 1), a, b])
    const shape = spread(1e-3, 1e9)
    expectWhole(gamma, [
      pick(spread(1e-300, 1e12), shape * spread(0.5, 2), shape, 0, Infinity),
      shape,
      spread(1e-3, 1e3),
    ])
    expectWhole(studentT, [pick(1, -1) * pick(spread(1e-300, 1e300), spread(0.01, 100), 0), spread(0.1, 1e8)])
    expectWhole(f, [pick(spread(1e-300, 1e300), spread(0.01, 100), 0, Infinity), spread(0.1, 1e7), spread(0.1, 1e7)])
  }
})
