import { binomial } from './binomial.ts'
import { logGamma } from './log-gamma.ts'

/** Below this the successes cannot be told from independent ones. */
const leastCorrelation = 1e-9

function mass(count: number, trials: number, chance: number, correlation: number): number {
  if (count < 0 || count > trials) return 0
  if (chance <= 0 || chance >= 1 || correlation < leastCorrelation) return binomial.mass(count, trials, chance)
  const size = 1 / correlation - 1
  const [a, b] = [chance * size, (1 - chance) * size]
  const logBeta = (x: number, y: number) => logGamma(x) + logGamma(y) - logGamma(x + y)
  const logChoose = logGamma(trials + 1) - logGamma(count + 1) - logGamma(trials - count + 1)
  return Math.exp(logChoose + logBeta(count + a, trials - count + b) - logBeta(a, b))
}

/** Adds masses from `from` outwards by their recurrence: all terms positive, so no digits are lost. */
function addOutwards(from: number, trials: number, chance: number, correlation: number, step: 1 | -1): number {
  const size = 1 / correlation - 1
  const [a, b] = [chance * size, (1 - chance) * size]
  let term = mass(from, trials, chance, correlation)
  let total = 0
  let isFalling = false
  for (let k = from; k >= 0 && k <= trials; k += step) {
    total += term
    const ratio =
      step === 1
        ? ((trials - k) * (k + a)) / ((k + 1) * (trials - k - 1 + b))
        : (k * (trials - k + b)) / ((trials - k + 1) * (k - 1 + a))
    isFalling = isFalling || ratio < 1
    if (isFalling && term < total * 1e-17) break
    term *= ratio
  }
  return Math.min(1, total)
}

/**
 * The beta-binomial distribution: successes among `trials` whose chance varies from draw to draw as a beta distribution, with
 * mean `chance` and variance trials · chance · (1 − chance) · (1 + (trials − 1) · correlation). The point itself belongs to both
 * tails. Tails are sums of at most `trials` terms.
 */
export const betaBinomial = {
  mass,
  /** P(X ≤ count). */
  lowerTail: (count: number, trials: number, chance: number, correlation: number): number => {
    const below = Math.floor(count)
    if (below < 0) return 0
    if (below >= trials) return 1
    if (chance <= 0 || chance >= 1 || correlation < leastCorrelation) return binomial.lowerTail(below, trials, chance)
    return addOutwards(below, trials, chance, correlation, -1)
  },
  /** P(X ≥ count). */
  upperTail: (count: number, trials: number, chance: number, correlation: number): number => {
    const from = Math.ceil(count)
    if (from <= 0) return 1
    if (from > trials) return 0
    if (chance <= 0 || chance >= 1 || correlation < leastCorrelation) return binomial.upperTail(from, trials, chance)
    return addOutwards(from, trials, chance, correlation, 1)
  },
} as const
