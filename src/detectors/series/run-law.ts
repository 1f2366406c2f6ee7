/**
 * How often something (an empty period, a value that repeats the one before) happened, at each place of the season, and how it sticks: after it
 * happened it happens again with chance c + (1 − c) q, where q is the usual chance of that place of the season.
 */
export interface RunLaw {
  /** Periods learnt from, and those in which it happened. */
  readonly seen: number
  readonly happened: number
  /** The same for each place of the season. */
  readonly seenAt: Float64Array
  readonly happenedAt: Float64Array
  /** Chance over all places, and how many periods it weighs in the chance of one place. */
  readonly center: number
  readonly pooled: number
  /** Weights of `stickinesses`, as the history leaves them. */
  readonly stickiness: Float64Array
}

const nodes = 24
/** Values of c that are considered, closer where small ones are. */
export const stickinesses = Float64Array.from({ length: nodes }, (_, k) => ((k + 0.5) / nodes) ** 2)
/** Prior of c is (1 − c)^strength where it was never seen whether it sticks; the more often it was, the flatter. */
const strength = 9
/** How many periods the common chance may weigh. */
const pools = [0.05, 0.2, 0.5, 1, 2, 5, 10, 30, 100, 1000] as const

/** A product is turned into its logarithm before it could overflow. */
const productMax = 1e280

/** ln(from (from + 1) … ), `count` factors: ln Γ(from + count) − ln Γ(from). */
function logRising(from: number, count: number): number {
  let [total, product] = [0, 1]
  for (let k = 0; k < count; k++) {
    product *= from + k
    if (product < productMax) continue
    total += Math.log(product)
    product = 1
  }
  return total + Math.log(product)
}

/** The weight of the common chance that makes the places' counts likeliest (empirical Bayes for beta-binomial counts). */
function choosePool(center: number, seenAt: Float64Array, happenedAt: Float64Array): number {
  let best: number = pools[pools.length - 1]!
  let most = Number.NEGATIVE_INFINITY
  for (const pool of pools) {
    const [a, b] = [pool * center, pool * (1 - center)]
    let likelihood = 0
    for (let k = 0; k < seenAt.length; k++) {
      const [seen, happened] = [seenAt[k]!, happenedAt[k]!]
      likelihood += logRising(a, happened) + logRising(b, seen - happened) - logRising(pool, seen)
    }
    if (likelihood > most) [best, most] = [pool, likelihood]
  }
  return best
}

/** Chance at place `phase`, when it has happened there `again` times in the run already. */
export const chanceAt = ({ center, pooled, seenAt, happenedAt }: RunLaw, phase: number, again: number): number =>
  (happenedAt[phase]! + pooled * center + again) / (seenAt[phase]! + pooled + again)

/** Learns from `happens[from..to)`. Every place of the season has its own chance, drawn towards the common one. */
export function learnRuns(happens: Uint8Array, phase: Int32Array, season: number, from: number, to: number): RunLaw {
  const seenAt = new Float64Array(season)
  const happenedAt = new Float64Array(season)
  for (let at = from; at < to; at++) {
    seenAt[phase[at]!] = seenAt[phase[at]!]! + 1
    happenedAt[phase[at]!] = happenedAt[phase[at]!]! + happens[at]!
  }
  const seen = to - from
  const happened = happenedAt.reduce((sum, x) => sum + x, 0)
  const center = (happened + 0.5) / (seen + 1)
  const isMixed = season > 1 && happened > 0 && happened < seen
  const pooled = isMixed ? choosePool(center, seenAt, happenedAt) : pools.at(-1)!
  const stickiness = new Float64Array(nodes)
  const law = { seen, happened, seenAt, happenedAt, center, pooled, stickiness }
  const againAt = new Float64Array(season)
  let ended = 0
  for (let at = from + 1; at < to; at++) {
    if (happens[at - 1] === 0) continue
    if (happens[at] === 1) againAt[phase[at]!] = againAt[phase[at]!]! + 1
    else ended++
  }
  const again = againAt.reduce((sum, x) => sum + x, 0)
  const prior = strength / (1 + again)
  let most = Number.NEGATIVE_INFINITY
  for (let node = 0; node < nodes; node++) {
    const c = stickinesses[node]!
    // the spacing of the nodes grows with √c
    let weight = (prior + ended) * Math.log1p(-c) + 0.5 * Math.log(c)
    for (let k = 0; k < season; k++)
      if (againAt[k]! > 0) weight += againAt[k]! * Math.log(c + (1 - c) * chanceAt(law, k, 0))
    stickiness[node] = weight
    most = Math.max(most, weight)
  }
  let total = 0
  for (let k = 0; k < nodes; k++) {
    stickiness[k] = Math.exp(stickiness[k]! - most)
    total += stickiness[k]!
  }
  for (let k = 0; k < nodes; k++) stickiness[k] = stickiness[k]! / total
  return law
}

/** What the history says of c, on average. */
export const meanStickiness = ({ stickiness }: RunLaw): number =>
  stickiness.reduce((sum, weight, node) => sum + weight * stickinesses[node]!, 0)
