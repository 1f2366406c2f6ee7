import { daysBetween } from '../base/periods.ts'
import type { Catalog, Metric } from '../catalog/catalog.ts'
import type { Story } from './candidate.ts'
import type { Driver } from './find-drivers.ts'
import type { Finding } from './finding.ts'
import { settleIdentity } from './identify-finding.ts'
import { labelSlice, phraseSlice } from './label-slice.ts'
import { scoreFinding } from './score-finding.ts'
import { writeHeadline } from './write-headline.ts'

export interface FindingInput {
  readonly catalog: Catalog
  readonly metric: Metric
  readonly story: Story
  readonly drivers: readonly Driver[]
  /** What the whole metric was expected to be over the affected periods, as the sum that the movement is measured in. */
  readonly wholeExpected: number
  /** Last full day judged. */
  readonly asOf: string
  readonly cycleId: string
  /** Findings of the cycle before. */
  readonly before: readonly Finding[]
}

/** A story as it is told: identity, score and sentence. The rank is set when all are there. */
export function composeFinding(input: FindingInput): Finding {
  const { catalog, metric, story, drivers, wholeExpected, asOf, cycleId, before } = input
  const { verdict, movement, qValue } = story.lead
  const { hypothesis, numbers, kind: measureKind } = verdict
  const { model, slice, detector: kind, grain } = hypothesis
  const { direction, from, to, observed, expected, low, high, change, pValue } = numbers
  const { key, state } = settleIdentity({ kind, model, metric: metric.name, slice, direction, from }, before)
  const score = scoreFinding({
    qValue,
    share: wholeExpected === 0 ? 1 : Math.abs((movement.actual - movement.expected) / wholeExpected),
    strength: movement.strength,
    state,
    ageDays: daysBetween(from, asOf),
    conditions: slice.length,
    hasGood: metric.good !== undefined,
  })
  const phrase = phraseSlice(catalog, model, slice)
  const { label: metricLabel, unit, format } = metric
  return {
    rank: 0,
    key,
    kind,
    model,
    metric: metric.name,
    metricLabel,
    measure: metric.measure,
    unit,
    format,
    grain,
    slice,
    sliceLabel: labelSlice(catalog, model, slice),
    direction,
    good: metric.good === undefined ? undefined : metric.good === direction,
    from,
    to,
    observed,
    expected,
    low,
    high,
    change,
    pValue,
    qValue,
    score,
    state,
    headline: writeHeadline({
      metricLabel,
      unit,
      format,
      grain,
      from,
      to,
      observed,
      expected,
      change,
      direction,
      kind,
      measureKind,
      phrase,
      periods: numbers.periods,
    }),
    drivers: drivers.map((driver) => ({ ...driver, label: labelSlice(catalog, model, driver.slice) })),
    merged: [...new Set(story.merged.map((one) => one.verdict.hypothesis.statement))],
    exploration: hypothesis.text,
    hypothesisKey: hypothesis.key,
    cycleId,
  }
}

/** Best first; ties are broken by what does not change from run to run. */
export const rankFindings = (findings: readonly Finding[]): readonly Finding[] =>
  [...findings]
    .sort((a, b) => b.score.total - a.score.total || a.pValue - b.pValue || (a.key < b.key ? -1 : 1))
    .map((finding, at) => ({ ...finding, rank: at + 1 }))
