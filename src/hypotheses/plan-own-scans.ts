import { planAccountScans } from './accounts/plan-accounts.ts'
import { countBehaviours, findBehaviour, planBehaviourScans } from './behaviours/plan-behaviours.ts'
import { planCohortScans } from './cohorts/plan-cohorts.ts'
import { planDistributionScans } from './distributions/plan-distributions.ts'
import { type DurationScans, planDurationScans } from './durations/plan-durations.ts'
import { planFunnelScans } from './funnels/plan-funnels.ts'
import { findCurrentGoals } from './goals/find-current-goals.ts'
import { planGoalScans } from './goals/plan-goals.ts'
import type { OwnRows, SharedScan } from './hypothesis.ts'
import { planLeadScans } from './leads/plan-leads.ts'
import type { PlanSubject } from './series/draft-scans.ts'
import type { Template } from './templates/template.ts'

/** A scan that serves its own templates only, and how many hypotheses of each at most. */
export interface OwnScan {
  readonly scan: Omit<SharedScan, 'id'>
  readonly hypotheses: Readonly<Record<string, number>>
}

/** The scans of what no series are made of: single accounts, cohorts that come back, members who wait, metrics with a goal, funnels, what is done first, pairs of metrics, values of measured fields. */
export function planOwnScans(
  input: PlanSubject,
): Pick<DurationScans, 'leftOut'> & { readonly own: readonly OwnScan[] } {
  const [durations, goals, funnels] = [planDurationScans(input), planGoalScans(input), planFunnelScans(input)]
  const [leads, distributions] = [planLeadScans(input), planDistributionScans(input)]
  const scans = [
    ...planAccountScans(input),
    ...planCohortScans(input),
    ...durations.scans,
    ...goals.scans,
    ...funnels.scans,
    ...leads.scans,
    ...planBehaviourScans(input),
    ...distributions.scans,
  ]
  const own = scans.map((scan) => {
    const asking = input.templates.filter(({ kind }) => kind === kinds[scan.reads!])
    return { scan, hypotheses: Object.fromEntries(asking.map((one) => [one.name, count(one, scan, input)])) }
  })
  return {
    own,
    leftOut: [...durations.leftOut, ...goals.leftOut, ...funnels.leftOut, ...leads.leftOut, ...distributions.leftOut],
  }
}

const kinds: Readonly<Partial<Record<OwnRows, Template['kind']>>> = {
  accounts: 'accounts',
  cohorts: 'cohorts',
  members: 'durations',
  goals: 'goals',
  funnel: 'funnels',
  leads: 'leads',
  behaviours: 'behaviours',
  values: 'distributions',
}

/** Values of its fields before it is known which have enough rows; the whole is one. */
function count(template: Template, scan: OwnScan['scan'], { catalog, profiles }: PlanSubject): number {
  const { model, dimensions, metrics, reads, to, pairs = [] } = scan
  if (reads === 'accounts' || reads === 'values') return metrics.length * template.detectors.length
  if (reads === 'leads') return pairs.length * template.detectors.length
  if (reads === 'goals')
    return metrics.reduce(
      (all, name) => all + findCurrentGoals(catalog.models[model]?.metrics[name] ?? {}, to, catalog.calendar).length,
      0,
    )
  if (template.kind === 'behaviours') {
    const behaviour = findBehaviour(catalog, scan)
    return behaviour ? countBehaviours(behaviour, profiles) : 0
  }
  const known = Object.assign({}, ...profiles.filter((one) => one.model === model).map((one) => one.valueCounts))
  const values = dimensions.reduce((all, field) => all + Number(known[field] ?? 1), 0)
  if (template.kind === 'funnels') {
    const stages = catalog.models[model]?.funnels?.[metrics[0] ?? '']?.stages.length ?? 0
    return stages * template.recentDays.length * (1 + values)
  }
  if (template.kind === 'durations') return template.recentDays.length * (1 + values)
  return Math.max(1, values)
}
