import { expect, test } from 'vitest'
import { testExactly } from './fisher-exact.ts'

const judge = (exposedWith: number, exposedWithout: number, otherWith: number, otherWithout: number) =>
  testExactly({ exposedWith, exposedWithout, otherWith, otherWithout })

test('agrees with SciPy and R', () => {
  // fisher_exact([[8, 2], [1, 5]])
  expect(judge(8, 2, 1, 5)).toBeCloseTo(0.034965034965034975, 14)
  // the lady tasting tea: fisher.test(matrix(c(3, 1, 1, 3), nrow = 2)), Fisher (1935)
  expect(judge(3, 1, 1, 3)).toBeCloseTo(0.48571428571428565, 14)
  // fisher_exact([[100, 2], [1000, 5]])
  expect(judge(100, 2, 1000, 5)).toBeCloseTo(0.13007593634300163, 13)
  // fisher_exact([[1000000, 1002000], [998000, 1001500]]), added up with 40 digits: SciPy's is off by 2e-11
  expect(judge(1_000_000, 1_002_000, 998_000, 1_001_500)).toBeCloseTo(0.4527368875986028, 11)
})

test('agrees with adding up all tables that are at most as likely', () => {
  const choose = (n: number, k: number) =>
    Array.from({ length: k }).reduce<number>((c, _, i) => (c * (n - i)) / (i + 1), 1)
  for (const [a, b, c, d] of [
    [0, 7, 5, 9],
    [6, 1, 2, 8],
    [3, 3, 3, 3],
    [5, 0, 12, 40],
  ] as const) {
    const [exposed, outcome, total] = [a + b, a + c, a + b + c + d]
    const chance = (k: number) => (choose(outcome, k) * choose(total - outcome, exposed - k)) / choose(total, exposed)
    let sum = 0
    for (let k = Math.max(0, exposed + outcome - total); k <= Math.min(exposed, outcome); k++)
      if (chance(k) <= chance(a) * (1 + 1e-7)) sum += chance(k)
    expect(judge(a, b, c, d)).toBeCloseTo(Math.min(1, sum), 12)
  }
})

test('says 1 where a margin is 0', () => {
  expect(judge(0, 0, 3, 4)).toBe(1)
  expect(judge(0, 3, 0, 4)).toBe(1)
})
