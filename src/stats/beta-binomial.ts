import { binomial } from './binomial.ts'
import { integratePanel } from './integrate-outwards.ts'
import { stirlingError } from './log-gamma.ts'
import { measureDeviance, subtractProduct } from './measure-deviance.ts'

/** Below this the successes cannot be told from independent ones, for trials to 1e9. */
const leastCorrelation = 1e-22
/** So many masses at an end are added one by one; what lies between, where it is smooth, is integrated. */
const added = 2000
/** Masses that change by more from one to the next are added: few terms are needed then. */
const steepest = 0.01

/** Trials whose chance varies as a beta distribution of shapes a and b. */
interface Trials {
  readonly count: number
  readonly chance: number
  readonly a: number
  readonly b: number
}

/**
 * ln of C(count + size − 1, count) p^count (1 − p)^size where p / (1 − p) is `odds`; `difference` is count − (count + size)
 * p.
 */
function weigh(count: number, size: number, odds: number, difference: number): number {
  if (count === 0) return -size * Math.log1p(odds)
  const total = count + size
  return (
    stirlingError(total) -
    stirlingError(size) -
    stirlingError(count) -
    measureDeviance(count, (total * odds) / (1 + odds), difference) -
    measureDeviance(size, total / (1 + odds), -difference) +
    0.5 * Math.log(size / (2 * Math.PI * count * total))
  )
}

/**
 * The mass at any real place, as two negative binomial ones given their sum (as Loader 2000 does with binomial ones): no
 * intermediate number is larger than the exponent of the result.
 */
function evaluate(at: number, { count, chance, a, b }: Trials): number {
  const size = a + b
  const odds = count / size
  const difference = subtractProduct(at, chance, count) / (1 + odds)
  return Math.exp(
    weigh(at, a, odds, difference) + weigh(count - at, b, odds, -difference) - weigh(count, size, odds, 0),
  )
}

/** The mass at k + 1 in units of that at k. */
const ratio = (k: number, { count, a, b }: Trials): number => ((count - k) * (k + a)) / ((k + 1) * (count - k - 1 + b))

/** Σ of masses from `low` to `high`, by their recurrence from the larger end: all terms positive, so no digits are lost. */
function add(low: number, high: number, trials: Trials): number {
  if (low > high) return 0
  const [first, last] = [evaluate(low, trials), evaluate(high, trials)]
  const hasOneMode = trials.a >= 1 || trials.b >= 1
  const isDownwards = first < last
  let term = Math.max(first, last)
  let total = 0
  for (let k = isDownwards ? high : low; k >= low && k <= high; k += isDownwards ? -1 : 1) {
    total += term
    const factor = isDownwards ? 1 / ratio(k - 1, trials) : ratio(k, trials)
    if (hasOneMode && factor < 1 && term < total * 1e-17) break
    term *= factor
  }
  return total
}

/**
 * Places between panels: close together near the ends of all trials, near the mean and near `from`, where the masses may be
 * steep.
 */
function placePanels(low: number, high: number, from: number, trials: Trials): Float64Array {
  const { count, chance, a, b } = trials
  const mean = count * chance
  const spread = Math.sqrt(mean * (1 - chance) * (1 + (count - 1) / (a + b + 1)))
  const width = Math.min(spread, 1 / Math.abs(Math.log(ratio(from, trials))))
  const places = [low, high, from, mean]
  for (let scale = 1; scale < count; scale *= 2)
    places.push(
      scale,
      count - scale,
      mean + scale * spread,
      mean - scale * spread,
      from + scale * width,
      from - scale * width,
    )
  return Float64Array.from(places.filter((place) => place >= low && place <= high)).sort()
}

/** What Gregory's formula adds to the integral at one end: half of the mass there, and its differences inwards. */
function correctEnd(end: number, inwards: 1 | -1, trials: Trials): number {
  const [f0, f1, f2, f3, f4] = [0, 1, 2, 3, 4].map((offset) => evaluate(end + inwards * offset, trials)) as [
    number,
    number,
    number,
    number,
    number,
  ]
  const first = f1 - f0
  const second = f2 - 2 * f1 + f0
  const third = f3 - 3 * (f2 - f1) - f0
  const fourth = f4 - 4 * (f3 + f1) + 6 * f2 + f0
  return f0 / 2 - first / 12 + second / 24 - (19 * third) / 720 + (3 * fourth) / 160
}

/** Σ of masses from `low` to `high`, one tail of which `from` is the inner end. */
function sum(low: number, high: number, from: number, trials: Trials): number {
  const [left, right] = [Math.max(low, added), Math.min(high, trials.count - added)]
  const start = Math.max(left, Math.min(right, from))
  const isSteep = () => Math.abs(Math.log(ratio(start, trials))) > steepest
  if (right - left < 10 * added || isSteep()) return add(low, high, trials)
  const places = placePanels(left, right, start, trials)
  let total = correctEnd(left, 1, trials) + correctEnd(right, -1, trials)
  const density = (at: number) => evaluate(at, trials)
  for (let i = 1; i < places.length; i++) total += integratePanel(density, places[i - 1]!, places[i]!)
  return total + add(low, left - 1, trials) + add(right + 1, high, trials)
}

/** P(X ≤ below) and P(X ≥ below + 1): one added up, away from the mean, and 1 less that, or the other as well where that loses digits. */
function split(below: number, count: number, chance: number, correlation: number) {
  const size = 1 / correlation - 1
  const trials: Trials = { count, chance, a: chance * size, b: (1 - chance) * size }
  const isLower = below < count * chance
  const addLower = () => Math.min(1, sum(0, below, below, trials))
  const addUpper = () => Math.min(1, sum(below + 1, count, below + 1, trials))
  const first = isLower ? addLower() : addUpper()
  const second = first < 0.9 ? 1 - first : isLower ? addUpper() : addLower()
  return isLower ? { lower: first, upper: second } : { lower: second, upper: first }
}

function mass(count: number, trials: number, chance: number, correlation: number): number {
  if (count < 0 || count > trials) return 0
  if (chance <= 0 || chance >= 1 || correlation < leastCorrelation) return binomial.mass(count, trials, chance)
  const size = 1 / correlation - 1
  return evaluate(count, { count: trials, chance, a: chance * size, b: (1 - chance) * size })
}

/**
 * The beta-binomial distribution: successes among `trials` whose chance varies from draw to draw as a beta distribution,
 * with mean `chance` and variance trials · chance · (1 − chance) · (1 + (trials − 1) · correlation). The point itself
 * belongs to both tails. Tails are sums of masses; where these are many and smooth, integrals with Gregory's corrections at
 * their ends.
 */
export const betaBinomial = {
  mass,
  /** P(X ≤ count). */
  lowerTail: (count: number, trials: number, chance: number, correlation: number): number => {
    const below = Math.floor(count)
    if (below < 0) return 0
    if (below >= trials) return 1
    if (chance <= 0 || chance >= 1 || correlation < leastCorrelation) return binomial.lowerTail(below, trials, chance)
    return split(below, trials, chance, correlation).lower
  },
  /** P(X ≥ count). */
  upperTail: (count: number, trials: number, chance: number, correlation: number): number => {
    const from = Math.ceil(count)
    if (from <= 0) return 1
    if (from > trials) return 0
    if (chance <= 0 || chance >= 1 || correlation < leastCorrelation) return binomial.upperTail(from, trials, chance)
    return split(from - 1, trials, chance, correlation).upper
  },
} as const
