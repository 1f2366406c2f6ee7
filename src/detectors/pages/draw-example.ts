import { invariant } from '../../base/invariant.ts'
import type { AnyDetector, Verdict } from '../detector.ts'
import type { Example } from '../examples/example.ts'
import type { Shape, Shapes } from '../shapes.ts'
import {
  drawCohorts,
  drawConversions,
  drawDurations,
  drawLeaves,
  drawMembers,
  drawPoints,
  drawSamples,
  drawStrata,
} from './draw-groups.ts'
import { drawAccounts, drawArrivals, drawBreakdown, drawGoal, drawPair, drawSeriesPicture } from './draw-series.ts'

type Draw<S extends Shape> = (data: Shapes[S], verdict: Verdict<S>, label: string) => string

const subjectOf = (verdict: Verdict<Shape>): string | undefined =>
  verdict.status === 'tested' && verdict.pValue < 1e-3 ? verdict.sentence.subject : undefined

const drawings: { readonly [S in Shape]: Draw<S> } = {
  series: drawSeriesPicture,
  pair: (data, _, label) => drawPair(data, label),
  points: (data, _, label) => drawPoints(data, label),
  goal: (data, _, label) => drawGoal(data, label),
  arrivals: (data, _, label) => drawArrivals(data, label),
  breakdown: (data, verdict, label) => drawBreakdown(data, subjectOf(verdict), label),
  leaves: (data, _, label) => drawLeaves(data, label),
  'cross-section': (data, verdict, label) => drawMembers(data, subjectOf(verdict), label),
  samples: (data, _, label) => drawSamples(data, label),
  conversions: (data, _, label) => drawConversions(data, label),
  cohorts: (data, _, label) => drawCohorts(data, label),
  durations: (data, _, label) => drawDurations(data, label),
  strata: (data, _, label) => drawStrata(data, label),
  accounts: (data, verdict, label) => drawAccounts(data, subjectOf(verdict), label),
}

export interface DrawnExample {
  readonly svg: string
  /** What the detector says of it, in a few words. */
  readonly says: string
}

/** An example as a picture, and what its detector says of it. */
export function drawExample(detector: AnyDetector, example: Example<Shape>): DrawnExample {
  const data = example.data()
  const judge = detector.detect as (data: unknown, options: unknown) => Verdict<Shape>
  const verdict = judge(data, detector.options.parse({}))
  const draw = drawings[detector.shape] as (data: unknown, verdict: unknown, label: string) => string
  invariant(draw, `shape \`${detector.shape}\` has a drawing`)
  const says =
    verdict.status === 'untestable' ? `says nothing: ${verdict.reason}` : `p = ${Number(verdict.pValue.toPrecision(1))}`
  return { svg: draw(data, verdict, example.title), says }
}
