import { addPeriods, type Day, daysBetween, startOfPeriod } from '../../base/periods.ts'
import type { Catalog, Metric } from '../../catalog/catalog.ts'
import { leadLag } from '../../detectors/lead-lag.ts'
import type { MetricPair, SharedScan } from '../hypothesis.ts'
import { metricPairsMax } from '../limits.ts'
import { isBroken, type ModelProfile, type PlanSubject } from '../series/draft-scans.ts'
import { listTemplatesOf } from '../templates/template.ts'
import { findDefinition } from './find-definition.ts'

export interface LeadScans {
  readonly scans: readonly Omit<SharedScan, 'id'>[]
  /** Pairs beyond those that are looked at, in words. */
  readonly leftOut: readonly { readonly what: string; readonly why: string }[]
}

interface Member {
  readonly metric: Metric
  /** Place among the metrics of its model. */
  readonly rank: number
  readonly from: Day
  readonly to: Day
}

/**
 * One scan for all pairs of whole metrics of one grain: it reads nothing, since what it needs is read by the scans of the wholes. Pairs that go together
 * by definition are none; of more than can be looked at the first metrics of each model come first.
 */
export function planLeadScans(input: PlanSubject): LeadScans {
  const leftOut: { what: string; why: string }[] = []
  const scans = (['day', 'week'] as const).flatMap((grain): Omit<SharedScan, 'id'>[] => {
    const members = listMembers(input, grain)
    const all = listPairs(input.catalog, grain, members)
    const [first] = all
    if (!first) return []
    if (all.length > metricPairsMax)
      leftOut.push({
        what: `${all.length - metricPairsMax} pairs of metrics by the ${grain}`,
        why: `which of two moves first is asked of ${metricPairsMax} pairs at most`,
      })
    const { model, time } = first[0].metric
    const pairs = all.slice(0, metricPairsMax).map((pair) => toPair(pair))
    const metrics = [...new Set(pairs.flatMap((pair) => [pair.first, pair.second]).map(({ metric }) => metric))]
    const days = {
      from: members.map(({ from }) => from).sort()[0]!,
      to: members
        .map(({ to }) => to)
        .sort()
        .at(-1)!,
    }
    return [{ model, time, grain, ...days, missing: [], dimensions: [], metrics, reads: 'leads', pairs, text: '' }]
  })
  return { scans, leftOut }
}

function listMembers({ catalog, profiles, templates }: PlanSubject, grain: 'day' | 'week'): readonly Member[] {
  const profileOf = ({ model, time }: Metric): ModelProfile | undefined =>
    profiles.find((one) => one.model === model && one.time === time && one.history.grain === grain)
  return Object.values(catalog.models).flatMap(({ metrics }) =>
    Object.values(metrics).flatMap((metric, rank): Member[] => {
      const profile = profileOf(metric)
      // a balance follows what flows into it by definition
      if (!profile || metric.overTime !== undefined || isBroken(metric, profile)) return []
      if (listTemplatesOf(templates, 'leads', catalog, metric).length === 0) return []
      const to = startOfPeriod(profile.history.today, grain, catalog.calendar)
      return [{ metric, rank, from: addPeriods(to, -profile.history.periods, grain), to }]
    }),
  )
}

type Members = readonly [Member, Member]

function listPairs(catalog: Catalog, grain: 'day' | 'week', members: readonly Member[]): readonly Members[] {
  const days = leadLag.minimum * (grain === 'day' ? 1 : 7)
  return members
    .flatMap((first, at) => members.slice(at + 1).map((second): Members => [first, second]))
    .filter(([first, second]) => {
      const [from, to] = [
        first.from > second.from ? first.from : second.from,
        first.to < second.to ? first.to : second.to,
      ]
      return daysBetween(from, to) >= days && !findDefinition(catalog, first.metric, second.metric)
    })
    .sort(([a, b], [c, d]) => a.rank + b.rank - (c.rank + d.rank))
}

const toPair = ([first, second]: Members): MetricPair => ({ first: nameOf(first), second: nameOf(second) })
const nameOf = ({ metric: { model, name } }: Member) => ({ model, metric: name })
