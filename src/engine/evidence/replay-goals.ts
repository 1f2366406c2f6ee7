import { Failure } from '../../base/failure.ts'
import { addPeriods, listPeriods } from '../../base/periods.ts'
import type { Series } from '../../detectors/shapes.ts'
import type { Evidence } from '../../findings/evidence.ts'
import { areGoalOptions, readGoalOptions } from '../../hypotheses/goals/build-goal.ts'
import { buildSeries, markPeriods } from '../../hypotheses/series/build-series.ts'
import { shapeMeasure } from '../../hypotheses/series/measure-shape.ts'
import { weightColumn } from '../../hypotheses/series/scan-table.ts'
import { settleValues } from '../../hypotheses/series/settle-values.ts'
import { drawGoal, type GoalTest, judgeGoal } from '../judge/judge-goals.ts'
import type { Replayed, ReplayInput } from './replay-test.ts'

/** A metric on its way to a goal, judged again: one row a day, the goal and its period among the test's options. */
export function replayGoals(input: ReplayInput): Replayed {
  const { test, today, context } = input
  if (!areGoalOptions(test.options))
    throw new Failure(`\`${test.detector}\` needs a goal above 0 and the length of time it is of`, {
      code: 'test-does-not-fit',
      hint: 'Name both, as in `test pace signups over day with goal = 400, period = "month"`; what is to stay below has `good = "down"`.',
    })
  const goal = readGoalOptions(test.options, today, context.calendar)
  if (!goal) return { status: 'untestable', reason: `the ${test.options.period} of the goal is over`, series: [] }
  const asked = { series: readDays(input), goal, options: test.options }
  const judged = judgeGoal(asked)
  return { ...judged, series: judged.status === 'tested' ? drawDays(asked) : [] }
}

/** The days of the rows up to the one judged; 0 where nothing was counted. */
function readDays({ context, finding, test, rows, columns, missing, today }: ReplayInput): Series {
  const column = (name: string) => columns.findIndex((one) => one.name === name)
  const rowOf = new Map(rows.map((row) => [String(row[column(test.time)]).slice(0, 10), row]))
  const [first = today] = [...rowOf.keys()].sort()
  const periods = listPeriods(first, today, 'day', context.calendar)
  const read = (name: string) =>
    Float64Array.from(periods, (day) => {
      const cell = rowOf.get(day)?.[column(name)]
      return cell === null || cell === undefined ? Number.NaN : Number(cell)
    })
  const weight = weightColumn(test.measure, [test.measure])
  return buildSeries({
    shape: shapeMeasure(finding),
    grain: 'day',
    periods,
    ...settleValues(read(test.measure), column(weight) >= 0 ? read(weight) : undefined),
    marks: markPeriods(periods, 'day', missing, context.catalog.events),
  })
}

/** How far it has come, the goal, and how far it will come. */
const drawDays = (test: GoalTest): Evidence['series'] =>
  drawGoal(test).map(({ place, value, low, high }) => ({
    at: addPeriods(test.goal.from, place, 'day'),
    value: value ?? null,
    expected: test.goal.value,
    low: low ?? null,
    high: high ?? null,
  }))
