import { addPeriods, daysBetween, startOfPeriod } from '../../base/periods.ts'
import type { Catalog, Metric } from '../../catalog/catalog.ts'
import type { SharedScan } from '../hypothesis.ts'
import { historyDays } from '../limits.ts'
import { isBroken, type ModelProfile, type PlanSubject } from '../series/draft-scans.ts'
import { shapeMeasure } from '../series/measure-shape.ts'
import { listTemplatesOf } from '../templates/template.ts'
import { type History, writeScan } from '../write/write-exploration.ts'
import { addsUpOverDays } from './check-goal-measures.ts'
import { findCurrentGoals } from './find-current-goals.ts'

export interface GoalScans {
  readonly scans: readonly Omit<SharedScan, 'id'>[]
  /** Metrics whose goals cannot be asked about, in words. */
  readonly leftOut: readonly { readonly what: string; readonly why: string }[]
}

/** One scan by the day for the metrics of a model and time field that have a goal in a period that is not over. */
export function planGoalScans({ catalog, profiles, templates }: PlanSubject): GoalScans {
  const leftOut: { what: string; why: string }[] = []
  const scans = profiles.flatMap((profile): Omit<SharedScan, 'id'>[] => {
    const { model, time, missing } = profile
    const history = readDays(profile, catalog)
    const from = addPeriods(history.today, -history.periods, 'day')
    const metrics = Object.values(catalog.models[model]?.metrics ?? {}).filter((metric) => {
      const goals = metric.time === time ? findCurrentGoals(metric, history.today, catalog.calendar) : []
      if (goals.length === 0 || listTemplatesOf(templates, 'goals', catalog, metric).length === 0) return false
      if (isBroken(metric, profile)) return false
      const why = findObstacle(metric, goals, from)
      if (why !== undefined) leftOut.push({ what: `the goals of ${model}.${metric.name}`, why })
      return why === undefined
    })
    if (metrics.length === 0) return []
    const weighed = metrics.map((metric) => ({ metric, shape: shapeMeasure(metric) }))
    return [
      {
        model,
        time,
        grain: 'day',
        from,
        to: history.today,
        missing,
        dimensions: [],
        metrics: metrics.map(({ name }) => name),
        reads: 'goals',
        text: writeScan(catalog, { model, time, history, dimensions: [], metrics: weighed }),
      },
    ]
  })
  return { scans, leftOut }
}

/** As many days as the model is looked back on, whether by day or by week. */
function readDays({ history: { grain, periods, today } }: ModelProfile, { calendar }: Catalog): History {
  const first = addPeriods(startOfPeriod(today, grain, calendar), -periods, grain)
  return { grain: 'day', periods: Math.min(historyDays, daysBetween(first, today)), today }
}

function findObstacle(metric: Metric, goals: ReturnType<typeof findCurrentGoals>, first: string): string | undefined {
  if (!addsUpOverDays(metric)) return 'its values of days do not add up to that of a period'
  const early = goals.find(({ from }) => from < first)
  return early && `its days begin on ${first}, after the ${early.period} of its goal, which began on ${early.from}`
}
