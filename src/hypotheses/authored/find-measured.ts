import { type Grain, grains } from '../../base/periods.ts'
import type { Catalog, Metric } from '../../catalog/catalog.ts'
import type { TestClause } from '../../dsl/exploration.ts'
import { formatExpression } from '../../dsl/text/format-expression.ts'
import type { Expression, Named, Step, Tree } from '../../dsl/tree/ast.ts'
import { areGoalOptions } from '../goals/build-goal.ts'
import { addsUpOverDays } from '../goals/check-goal-measures.ts'
import type { OtherMeasure } from '../hypothesis.ts'

/** What the rows of an exploration with a test are of. */
export interface Measured {
  readonly model: string
  readonly measure: string
  /** The metric of the catalog that is tested, where it is one. */
  readonly metric: Metric | undefined
  readonly grain: Grain
  /** How its values are written. */
  readonly style: Pick<Metric, 'unit' | 'format'>
  /** Which direction is good, where the test says it. */
  readonly good?: Metric['good']
  /** The other of two metrics. */
  readonly with?: OtherMeasure
}

interface Tested {
  readonly tree: Tree
  readonly test: TestClause
  readonly catalog: Catalog
}

/** Shapes of which a question can be written: one thing that is asked about, not one of each group. */
export const authoredShapes = [
  'series',
  'cohorts',
  'durations',
  'goal',
  'conversions',
  'samples',
  'strata',
  'pair',
] as const
type AuthoredShape = (typeof authoredShapes)[number]

/** What to write where the rows are not of a shape. */
export const shapeHints: Readonly<Record<AuthoredShape, string>> = {
  series:
    'Begin with `from metric <name> by week`, or group by `day(…)`, `week(…)` or `month(…)` and test what is measured there.',
  cohorts:
    'Make cohorts with `retention by week(<time>) on <relation> for 12 weeks` and end in `test retention_shift retained over cohort by period, cohort_size`.',
  durations:
    'Keep one row for each that waits, with its day (`began = day(<time>)`), its time so far and 1 where it is over, and end in `test duration_shift waited over began by happened`.',
  goal: 'Measure what adds up over days: `from metric <name> by day where <time> in last 400 days`, and end in `test pace <name> over day with goal = 400, period = "month"`.',
  conversions:
    'Keep one row for each who entered, with the day (`began = day(<time>)`) and 1 or 0 for whether it went on, and end in `test funnel_shift went_on over began by account with recent = 28, window = 14`.',
  samples:
    'Keep one row for each value, with its day (`show day(<time>) as day, account.id as account, amount as value`), and end in `test drift value over day by account with recent = 28`.',
  strata:
    'Keep one row for each member, with 1 or 0 for whether it did the one thing and whether the other came of it, and end in `test association came_back over did by plan`: members are compared within what stands after `by`.',
  pair: 'Put two metrics beside each other with `from metric <name>, metric <other> by week` and end in `test lead_lag <name> over week by <other> with lags = 8`.',
}

const isGrain = (name: string): name is Grain => (grains as readonly string[]).includes(name)

/** Grain of a period: `day(created_at)`; `from metric signups by week` names the grain alone. */
function readGrain(value: Expression): Grain | undefined {
  const name = value.kind === 'call' ? value.name : value.kind === 'path' ? value.parts.at(-1) : undefined
  return name !== undefined && isGrain(name) ? name : undefined
}

/** Grain of the key that is called `time`: `day(created_at)`, `month = month(created_at)`. */
function findGrain(keys: readonly Named[], time: string): Grain | undefined {
  for (const { name, value } of keys) {
    const grain = readGrain(value)
    if (grain !== undefined && (name ?? grain) === time) return grain
  }
  return undefined
}

const findMetric = ({ models }: Catalog, name: string | undefined): Metric | undefined =>
  name === undefined
    ? undefined
    : Object.values(models)
        .map(({ metrics }) => metrics[name])
        .find((one) => one !== undefined)

/** What the last grouping of a tree (or the metric that it starts from) measures by time. */
function measureSeries({ tree: { steps }, test: { measure, time }, catalog }: Tested): Measured | undefined {
  const [first] = steps
  if (first?.kind === 'from_metrics') {
    const metric = findMetric(catalog, measure)
    const grain = findGrain(first.by, time)
    return metric && grain && { model: metric.model, measure: metric.measure, metric, grain, style: metric }
  }
  const group = steps.findLast((step) => step.kind === 'group')
  if (first?.kind !== 'from' || group?.kind !== 'group') return undefined
  const grain = findGrain(group.keys, time)
  const found = group.measures.find((one) => one.name === measure)
  const style = { unit: undefined, format: 'number' } as const
  return (
    found && grain && { model: first.model, measure: formatExpression(found.value), metric: undefined, grain, style }
  )
}

function measureCohorts({ tree: { steps }, test }: Tested): Measured | undefined {
  const [first] = steps
  const retention = steps.findLast((step) => step.kind === 'retention')
  if (first?.kind !== 'from' || retention?.kind !== 'retention' || test.by.length !== 2) return undefined
  const [cohort, ...others] = retention.by
  const grain = cohort && readGrain(cohort.value)
  if (!grain || others.length > 0 || (cohort.name ?? 'cohort') !== test.time) return undefined
  const measure = `${test.measure} / ${test.by[1]}`
  return { model: first.model, measure, metric: undefined, grain, style: { unit: undefined, format: 'percent' } }
}

/** The unit is that of the function that counts the time. */
function measureDurations({ tree: { steps }, test }: Tested): Measured | undefined {
  const [first] = steps
  if (first?.kind !== 'from' || test.by.length === 0) return undefined
  const value = steps.flatMap((step) => (step.kind === 'add' && step.name === test.measure ? [step.value] : []))[0]
  const unit = value?.kind === 'call' ? /^(\w+)_between$/.exec(value.name)?.[1] : undefined
  const style = unit === undefined ? ({ unit, format: 'number' } as const) : ({ unit, format: 'duration' } as const)
  return { model: first.model, measure: test.measure, metric: undefined, grain: 'day', style }
}

/** By the day, of what makes that of a period, with the goal and its period among the test's options. */
function measureGoal(tested: Tested): Measured | undefined {
  const measured = measureSeries(tested)
  const { options, by } = tested.test
  if (measured?.grain !== 'day' || by.length > 0 || !areGoalOptions(options)) return undefined
  const { overTime } = measured.metric ?? {}
  const addsUp = addsUpOverDays({ ...measured, ...(overTime && { overTime }) })
  return addsUp ? { ...measured, good: options.good === 'down' ? 'down' : 'up' } : undefined
}

const isRowByRow = ([first, ...steps]: readonly Step[]): boolean =>
  first?.kind === 'from' && !steps.some(({ kind }) => kind === 'group')

const ofPercent = { unit: undefined, format: 'percent' } as const

/** One row for each who entered; its account, where it is known, is the only other column. */
function measureConversions({ tree: { steps }, test }: Tested): Measured | undefined {
  const [first] = steps
  if (first?.kind !== 'from' || test.by.length > 1 || !isRowByRow(steps)) return undefined
  return { model: first.model, measure: test.measure, metric: undefined, grain: 'day', style: ofPercent }
}

/** One row for each value, with its day; its account, where it is known, is the only other column. The unit is that of the field. */
function measureSamples({ tree: { steps }, test, catalog }: Tested): Measured | undefined {
  const [first] = steps
  if (first?.kind !== 'from' || test.by.length > 1 || !isRowByRow(steps)) return undefined
  const value = steps.flatMap((step) => listValues(step, test.measure)).at(-1)
  const path = value?.kind === 'path' && value.parts.length === 1 ? value.parts[0]! : test.measure
  const unit = catalog.models[first.model]?.fields[path]?.unit
  const measure = value ? formatExpression(value) : test.measure
  return { model: first.model, measure, metric: undefined, grain: 'day', style: { unit, format: 'number' } }
}

/** What a step gives the column of that name. */
function listValues(step: Step, name: string): readonly Expression[] {
  if (step.kind === 'add') return step.name === name ? [step.value] : []
  return step.kind === 'show' ? step.columns.flatMap((one) => (one.name === name ? [one.value] : [])) : []
}

/** One row for each member; what it is compared within are the other columns. */
function measureStrata({ tree: { steps }, test }: Tested): Measured | undefined {
  const [first] = steps
  if (first?.kind !== 'from' || !isRowByRow(steps)) return undefined
  return { model: first.model, measure: test.measure, metric: undefined, grain: 'day', style: ofPercent }
}

/** Two metrics of the catalog by the same periods. */
function measurePair(tested: Tested): Measured | undefined {
  const { test, catalog } = tested
  const measured = measureSeries(tested)
  const other = findMetric(catalog, test.by[0])
  if (!measured?.metric || !other || other === measured.metric || test.by.length > 1) return undefined
  return { ...measured, with: { model: other.model, metric: other.name, measure: other.measure } }
}

/** What the rows of an exploration measure, by the shape that its test wants; undefined where they are not of that shape. */
export const findMeasured: { readonly [S in AuthoredShape]: (tested: Tested) => Measured | undefined } = {
  series: measureSeries,
  cohorts: measureCohorts,
  durations: measureDurations,
  goal: measureGoal,
  conversions: measureConversions,
  samples: measureSamples,
  strata: measureStrata,
  pair: measurePair,
}
