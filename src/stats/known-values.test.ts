import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { beta } from './beta.ts'
import { betaBinomial } from './beta-binomial.ts'
import { binomial } from './binomial.ts'
import { chiSquare } from './chi-square.ts'
import { f } from './f.ts'
import { gamma } from './gamma.ts'
import { hypergeometric } from './hypergeometric.ts'
import { negativeBinomial } from './negative-binomial.ts'
import { normal } from './normal.ts'
import { poisson } from './poisson.ts'
import { studentT } from './student-t.ts'

type Function = (...values: readonly number[]) => number
type Distribution = Partial<Record<'lowerTail' | 'upperTail' | 'mass' | 'density', unknown>>
const distributions: Readonly<Record<string, Distribution>> = {
  beta,
  betaBinomial,
  binomial,
  chiSquare,
  f,
  gamma: {
    lowerTail: (x: number, shape: number) => gamma.lowerTail(x, shape, 1),
    upperTail: (x: number, shape: number) => gamma.upperTail(x, shape, 1),
    density: (x: number, shape: number) => gamma.density(x, shape, 1),
  },
  hypergeometric: {
    lowerTail: (k: number, M: number, n: number, N: number) => hypergeometric.lowerTail(k, n, M - n, N),
    upperTail: (k: number, M: number, n: number, N: number) => hypergeometric.upperTail(k, n, M - n, N),
    mass: (k: number, M: number, n: number, N: number) => hypergeometric.mass(k, n, M - n, N),
  },
  negativeBinomial,
  normal,
  poisson,
  t: studentT,
}

const worst = 1e-10
const rows = readFileSync(new URL('known-values/tails.tsv', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [name = '', side = '', values = '', expected = '', call = ''] = line.split('\t')
    return { name, side, values: values.split(' ').map(Number), expected: Number(expected), call }
  })

describe.each(Object.entries(distributions))('%s', (name, { lowerTail, upperTail, ...point }) => {
  const sides: Readonly<Record<string, unknown>> = {
    lower: lowerTail,
    upper: upperTail,
    mass: point.mass ?? point.density,
  }
  test('both tails agree with the table in ten digits', () => {
    const missed = rows
      .filter((row) => row.name === name)
      .map(({ side, values, expected, call }) => ({
        call,
        found: (sides[side] as Function)(...values),
        expected,
      }))
      .filter(({ found, expected }) => !(Math.abs(found / expected - 1) <= worst))
    expect(missed).toEqual([])
  })
})
