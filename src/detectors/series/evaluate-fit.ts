import { type Baseline, clipAt, eventsMin } from './baseline.ts'
import type { Link, Sample } from './sample.ts'

/** Exponentials beyond this are held: squares of larger ones would overflow. */
const levelMax = 1e130
/** Points after which what was multiplied on is computed anew, so that rounding does not add up. */
const chainMax = 64

/** Mean of every point under the coefficients; on the scale of logarithms or odds it stays `least` away from the ends. Scratch has a place for each of the season. */
export function updateMeans(sample: Sample, baseline: Baseline, least: number, scratch: Float64Array): void {
  const { link, count } = sample
  const { season, phase, terms, columns, coefficients, mean } = baseline
  if (link !== 'identity') {
    exponentiate(sample, baseline, scratch)
    for (let at = 0; at < count; at++) {
      const level = link === 'log' ? mean[at]! : mean[at]! / (1 + mean[at]!)
      mean[at] = level < least ? least : link === 'logit' && level > 1 - least ? 1 - least : level
    }
    return
  }
  const extra = terms.length
  for (let at = 0, cell = 0; at < count; at++, cell += extra) {
    let predictor = coefficients[phase[at]!]!
    for (let k = 0; k < extra; k++) predictor += columns[cell + k]! * coefficients[season + k]!
    mean[at] = predictor
  }
}

/**
 * The exponential of each point's linear predictor, into `mean`: that of its place in the season times that of the terms, which is a straight line
 * between the ends of steps and bends. There each point has the one before times the same factor, which is much faster than an exponential each.
 */
function exponentiate({ count, place }: Sample, baseline: Baseline, seasonal: Float64Array): void {
  const { season, phase, terms, columns, coefficients, mean } = baseline
  const extra = terms.length
  const span = Math.max(1, place[count - 1]! - place[0]!)
  for (let k = 0; k < season; k++) seasonal[k] = Math.exp(coefficients[k]!)
  for (let from = 0, to = 0; from < count; from = to) {
    to = Math.min(count, from + chainMax)
    let [start, slope] = [0, 0]
    for (let k = 0; k < extra; k++) {
      const term = terms[k]!
      const own = coefficients[season + k]!
      start += columns[from * extra + k]! * own
      if (term.kind === 'trend') slope += own / span
      else if (term.from > from) to = Math.min(to, term.from)
      else if (term.kind === 'bend') slope += own / span
      else if (term.to > from) to = Math.min(to, term.to)
    }
    const factor = Math.exp(slope)
    let level = Math.exp(start)
    for (let at = from; at < to; at++) {
      const whole = level * seasonal[phase[at]!]!
      mean[at] = whole < levelMax ? whole : levelMax
      if (at + 1 === to) break
      const gap = place[at + 1]! - place[at]!
      level *= gap === 1 ? factor : Math.exp(slope * gap)
    }
  }
}

/** Deviation, residual and sensitivity of every point around its mean, under the dispersion. */
export function standardise({ count, value, weight, link, thins }: Sample, baseline: Baseline): void {
  const { mean, deviation, residual, clipped, sensitivity } = baseline
  const { thinning, floor } = baseline.dispersion
  const [isLog, isOdds, isByMean] = [link === 'log', link === 'logit', thins === 'by mean']
  for (let at = 0; at < count; at++) {
    const level = mean[at]!
    // how far the mean moves with the predictor, and the square of its unit: the mean's own on the log scale, p(1 − p) for odds
    const slope = isLog ? level : isOdds ? level * (1 - level) : 1
    const unit = isLog ? level * level : slope
    const spread = Math.sqrt(isByMean ? (thinning + floor * level) * level : (thinning / weight[at]! + floor) * unit)
    const perSpread = 1 / spread
    const own = (value[at]! - level) * perSpread
    const sensed = slope * perSpread
    deviation[at] = spread
    sensitivity[at] = sensed
    residual[at] = own
    clipped[at] = own > clipAt ? clipAbove(own, sensed, link) : own < -clipAt ? -clipAt : own
  }
}

const clipAbove = (residual: number, sensitivity: number, link: Link): number =>
  link === 'identity' ? clipAt : Math.min(residual, Math.max(clipAt, eventsMin / sensitivity))
