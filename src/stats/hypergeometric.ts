import { logGamma } from './log-gamma.ts'

const logChoose = (n: number, k: number): number => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)

/** P(X = count). */
function mass(count: number, first: number, second: number, drawn: number): number {
  if (count < Math.max(0, drawn - second) || count > Math.min(first, drawn)) return 0
  return Math.exp(logChoose(first, count) + logChoose(second, drawn - count) - logChoose(first + second, drawn))
}

/** Adds masses from `from` outwards by their recurrence: all terms positive, so no digits are lost. */
function addOutwards(from: number, first: number, second: number, drawn: number, step: 1 | -1): number {
  const [low, high] = [Math.max(0, drawn - second), Math.min(first, drawn)]
  let term = mass(from, first, second, drawn)
  let total = 0
  let isFalling = false
  for (let k = from; k >= low && k <= high; k += step) {
    total += term
    const ratio =
      step === 1
        ? ((first - k) * (drawn - k)) / ((k + 1) * (second - drawn + k + 1))
        : (k * (second - drawn + k)) / ((first - k + 1) * (drawn - k + 1))
    isFalling = isFalling || ratio < 1
    if (isFalling && term < total * 1e-17) break
    term *= ratio
  }
  return Math.min(1, total)
}

/**
 * The hypergeometric distribution: how many of `drawn` from an urn with `first` of one kind and `second` of another are of the first
 * kind. The point itself belongs to both tails. Tails are sums of at most `drawn` terms; relative error below 1e-11 for urns up to
 * a million.
 */
export const hypergeometric = {
  mass,
  /** P(X ≤ count). */
  lowerTail: (count: number, first: number, second: number, drawn: number): number => {
    const below = Math.floor(count)
    if (below < Math.max(0, drawn - second)) return 0
    if (below >= Math.min(first, drawn)) return 1
    return addOutwards(below, first, second, drawn, -1)
  },
  /** P(X ≥ count). */
  upperTail: (count: number, first: number, second: number, drawn: number): number => {
    const from = Math.ceil(count)
    if (from <= Math.max(0, drawn - second)) return 1
    if (from > Math.min(first, drawn)) return 0
    return addOutwards(from, first, second, drawn, 1)
  },
} as const
