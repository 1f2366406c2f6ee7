import { leadLag, readLeadPoints } from '../../detectors/lead-lag.ts'
import type { SeriesPair } from '../../detectors/shapes.ts'
import { toStandingNumbers } from '../evidence/pick-numbers.ts'
import type { JudgedNumbers } from './judge-sibling.ts'

/** Two metrics that go together as closely as this at the same time are one by another name. */
const sameMin = 0.9

type Options = Readonly<Record<string, string | number | boolean>>

/** Puts two metrics before `lead_lag`. */
export function judgeLead(pair: SeriesPair, options: Options): JudgedNumbers {
  const verdict = leadLag.detect(pair, leadLag.options.parse(options))
  if (verdict.status === 'untestable') return verdict
  if (Math.abs(Number(verdict.details.same_time)) >= sameMin)
    return { status: 'untestable', reason: 'one is the other by its numbers' }
  // what one explains of what is left of the other
  return { status: 'tested', numbers: toStandingNumbers(verdict, verdict.observed ** 2) }
}

/** Points that a picture shows. */
const pointsMax = 600

/** How unusual each period of the second was, and how unusual the period of the first that goes with it at the lag that was found. */
export function drawLead(
  pair: SeriesPair,
  options: Options,
  lag: number,
): readonly (readonly [x: number, y: number])[] {
  const points = readLeadPoints(pair, leadLag.options.parse(options), lag)
  return points.slice(-pointsMax).map(({ first, second }) => [second, first])
}
