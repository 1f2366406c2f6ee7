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
  /** count / (a + b). */
  readonly odds: number
  /** The part of ln mass that is the same everywhere. */
  readonly base: number
}

function describeTrials(count: number, chance: number, correlation: number): Trials {
  const size = 1 / correlation - 1
  const [a, b] = [chance * size, (1 - chance) * size]
  const fixed = (shape: number) => 0.5 * Math.log(shape / (2 * Math.PI)) - stirlingError(shape)
  const whole =
    fixed(size) + stirlingError(count + size) - stirlingError(count) - 0.5 * Math.log(count * (count + size))
  return { count, chance, a, b, odds: count / size, base: fixed(a) + fixed(b) - whole }
}

/** What differs from place to place in ln C(count + size − 1, count) p^count (1 − p)^size, where p / (1 − p) is `odds`. */
function weigh(count: number, size: number, odds: number, difference: number): number {
  if (count === 0) return stirlingError(size) - 0.5 * Math.log(size / (2 * Math.PI)) - size * Math.log1p(odds)
  const total = count + size
  return (
    stirlingError(total) -
    stirlingError(count) -
    measureDeviance(count, (total * odds) / (1 + odds), difference) -
    measureDeviance(size, total / (1 + odds), -difference) -
    0.5 * Math.log(count * total)
  )
}

/**
 * The mass at any real place, as two negative binomial ones given their sum (as Loader 2000 does with binomial ones): no
 * intermediate number is larger than the exponent of the result.
 */
function evaluate(at: number, { count, chance, a, b, odds, base }: Trials): number {
  // count − (count + size) p of the one, and less that of the other
  const difference = subtractProduct(at, chance, count) / (1 + odds)
  return Math.exp(weigh(at, a, odds, difference) + weigh(count - at, b, odds, -difference) + base)
}

/** Otherwise the masses rise again towards the other end. */
const hasOneMode = ({ a, b }: Trials): boolean => a >= 1 || b >= 1

/** The mass at k + 1 in units of that at k. */
const ratio = (k: number, { count, a, b }: Trials): number => ((count - k) * (k + a)) / ((k + 1) * (count - k - 1 + b))

/** Σ of masses from `inner` to `outer`, by their recurrence: all terms positive, so no digits are lost. */
function add(inner: number, outer: number, trials: Trials): number {
  let [from, to, term] = [inner, outer, evaluate(inner, trials)]
  // where it is too small to begin with, the larger masses lie at the other end, or nowhere
  if (term < 1e-300) [from, to, term] = [outer, inner, evaluate(outer, trials)]
  if (term === 0) return 0
  const isUnimodal = hasOneMode(trials)
  const step = from <= to ? 1 : -1
  let total = 0
  for (let k = from; ; k += step) {
    total += term
    if (k === to) return total
    const factor = step === 1 ? ratio(k, trials) : 1 / ratio(k - 1, trials)
    if (isUnimodal && factor < 1 && term < total * 1e-17) return total
    term *= factor
  }
}

/**
 * Places between panels: close together near the ends of all trials, near the mean and near `from`, where the masses may be
 * steep.
 */
function placePanels(low: number, high: number, from: number, spread: number, trials: Trials): Float64Array {
  const { count } = trials
  const mean = count * trials.chance
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

/** Σ of masses from `inner`, next to the other tail, to `outer`, one end of all. */
function sum(inner: number, outer: number, trials: Trials): number {
  const { count, chance, a, b } = trials
  const spread = Math.sqrt(count * chance * (1 - chance) * (1 + (count - 1) / (a + b + 1)))
  const [low, high] = inner < outer ? [inner, outer] : [outer, inner]
  const [left, right] = [Math.max(low, added), Math.min(high, count - added)]
  const start = Math.max(left, Math.min(right, inner))
  // narrow and falling like a binomial distribution's, not like a power
  const isNarrow = spread < added && Math.min(a, b) > 50
  if (isNarrow || right - left < 10 * added || Math.abs(Math.log(ratio(start, trials))) > steepest)
    return add(inner, outer, trials)
  const places = placePanels(left, right, start, spread, trials)
  let total = correctEnd(left, 1, trials) + correctEnd(right, -1, trials)
  const density = (at: number) => evaluate(at, trials)
  for (let i = 1; i < places.length; i++) total += integratePanel(density, places[i - 1]!, places[i]!)
  if (low < left) total += add(left - 1, low, trials)
  if (high > right) total += add(right + 1, high, trials)
  return total
}

/**
 * P(X ≤ below) and P(X ≥ below + 1): one added up, away from the mean, and 1 less that, or the other as well where that
 * loses digits.
 */
function split(below: number, count: number, chance: number, correlation: number) {
  const trials = describeTrials(count, chance, correlation)
  const isLower = below < count * chance
  const addLower = () => Math.min(1, sum(below, 0, trials))
  const addUpper = () => Math.min(1, sum(below + 1, count, trials))
  const first = isLower ? addLower() : addUpper()
  const second = first < 0.9 ? 1 - first : isLower ? addUpper() : addLower()
  return isLower ? { lower: first, upper: second } : { lower: second, upper: first }
}

function mass(count: number, trials: number, chance: number, correlation: number): number {
  if (count < 0 || count > trials) return 0
  if (chance <= 0 || chance >= 1 || correlation < leastCorrelation) return binomial.mass(count, trials, chance)
  return evaluate(count, describeTrials(trials, chance, correlation))
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
