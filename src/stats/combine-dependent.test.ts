import { expect, test } from 'vitest'
import { combineDependent } from './combine-dependent.ts'

test('of equal p-values it gives that one', () => {
  expect(combineDependent([0.03, 0.03, 0.03], [1, 5, 2])).toBeCloseTo(0.03, 12)
  expect(combineDependent([1e-40, 1e-40], [1, 1]) / 1e-40).toBeCloseTo(1, 10)
})

test('of one small among large ones it is near Bonferroni’s', () => {
  // ACAT's formula in R: p <- c(0.001, 0.2, 0.5, 0.8); pcauchy(mean(tan((0.5 - p) * pi)), lower.tail = FALSE)
  expect(combineDependent([0.001, 0.2, 0.5, 0.8], [1, 1, 1, 1])).toBeCloseTo(0.0039998, 5)
})

test('certainty about nothing does not outweigh the others', () => {
  expect(combineDependent([1e-6, 1, 1], [1, 1, 1])).toBeLessThan(4e-6)
})
