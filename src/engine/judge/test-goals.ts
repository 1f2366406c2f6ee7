import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { daysBetween } from '../../base/periods.ts'
import type { StoredVerdict } from '../../findings/finding.ts'
import { writeGoalOptions } from '../../hypotheses/goals/build-goal.ts'
import { findCurrentGoals } from '../../hypotheses/goals/find-current-goals.ts'
import type { SharedScan } from '../../hypotheses/hypothesis.ts'
import { makeHypothesis } from '../../hypotheses/make-hypothesis.ts'
import { buildSeries, markPeriods } from '../../hypotheses/series/build-series.ts'
import { shapeMeasure } from '../../hypotheses/series/measure-shape.ts'
import { readScanTable } from '../../hypotheses/series/scan-table.ts'
import { templates } from '../../hypotheses/templates/index.ts'
import { listTemplatesOf } from '../../hypotheses/templates/template.ts'
import { writeTest } from '../../hypotheses/write/write-exploration.ts'
import type { EngineContext } from '../context.ts'
import { type OwnRowsTested, readOwnRows } from '../scan/read-own-rows.ts'
import { type GoalTest, judgeGoal } from './judge-goals.ts'

/** Asks of each metric of a scan whether it comes to its goals: one query by the day for all of them. */
export async function testGoals(
  context: EngineContext,
  scan: SharedScan,
  seed: number,
  signal?: AbortSignal,
): Promise<OwnRowsTested> {
  const { catalog, calendar } = context
  const result = await readOwnRows(context, scan, 'There should be one a day.', signal)
  const began = performance.now()
  const { periods, slices } = readScanTable(scan, result, calendar)
  const [whole] = slices
  const marks = markPeriods(periods, 'day', scan.missing, catalog.events)
  const history = { grain: 'day', periods: periods.length, today: scan.to } as const
  const verdicts: StoredVerdict[] = []
  for (const name of scan.metrics) {
    const metric = catalog.models[scan.model]?.metrics[name]
    if (!metric || !whole) continue
    const shape = shapeMeasure(metric)
    const [values, weights] = [whole.values[name]!, shape.weight === undefined ? undefined : whole.weights[name]]
    const series = buildSeries({ shape, grain: 'day', periods, values, weights, marks })
    const volume = whole.rows.reduce((sum, x) => sum + (Number.isFinite(x) ? x : 0), 0) / periods.length
    for (const current of findCurrentGoals(metric, scan.to, calendar))
      for (const template of listTemplatesOf(templates, 'goals', catalog, metric)) {
        const goal = { ...current, good: metric.good ?? 'up' }
        const options = writeGoalOptions(goal)
        const hypothesis = makeHypothesis({
          template: template.name,
          metric,
          slice: [],
          detector: 'pace',
          grain: 'day',
          text: writeTest(catalog, { metric, shape, slice: [], history, detector: 'pace', options }),
          statement: template.state(metric, goal),
        })
        const common = { hypothesis, scan: scan.id, kind: shape.kind, volume }
        const test: GoalTest = { series, goal, options }
        const permuteSeed = seed + daysBetween('1970-01-01', scan.to)
        verdicts.push({ ...common, ...judgeGoal(test) })
        verdicts.push({ ...common, ...judgeGoal(test, permuteSeed), isReplicate: true })
        await yieldToOthers()
        signal?.throwIfAborted()
      }
  }
  const detectMs = performance.now() - began
  return { verdicts, series: scan.metrics.length, leftOut: 0, warehouseMs: result.ms, detectMs }
}
