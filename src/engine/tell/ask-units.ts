import { addPeriods, type Day, type Stretch } from '../../base/periods.ts'
import { quoteName, quotePath } from '../../dsl/text/quote.ts'
import type { Candidate } from '../../findings/candidate.ts'
import type { UnitRows } from '../../findings/explain/weigh-units.ts'
import type { UnitKey } from '../../hypotheses/accounts/find-unit-keys.ts'
import type { Slice, SliceValue } from '../../hypotheses/hypothesis.ts'
import { shapeMeasure } from '../../hypotheses/series/measure-shape.ts'
import { writeSliceCondition, writeStretch } from '../../hypotheses/write/write-exploration.ts'
import { runExploration } from '../ask/run-exploration.ts'
import type { EngineContext } from '../context.ts'
import type { SpaceCosts } from '../plan/open-space.ts'
import { metricOf, type Spaces } from './tell-stories.ts'

/** What questions about the units behind a movement need. */
export interface UnitQuestions {
  readonly context: EngineContext
  readonly spaces: Spaces
  readonly costs: SpaceCosts
}

/** Days before a movement that show who was there: who left may have been the largest. */
const daysBefore = 56

/** The first day of the history, the first of a movement, and the day after its last. */
function readDays({ context, spaces }: UnitQuestions, { verdict, window }: Candidate) {
  const { model, time } = metricOf(context, verdict)
  const { periods } = spaces(model, time)
  const afterLast = addPeriods(periods.at(-1)!, 1, verdict.hypothesis.grain)
  return { first: periods[0]!, since: periods[window.from]!, end: periods[window.to] ?? afterLast, afterLast }
}

/** The rows of a slice in a stretch of days that have a unit. */
function writeRows({ context }: UnitQuestions, { verdict }: Candidate, key: string, slice: Slice, stretch: Stretch) {
  const { model, time } = metricOf(context, verdict)
  const conditions = slice.map((one) => writeSliceCondition(context.catalog, model, one))
  return [
    `from ${quoteName(model)}`,
    `where ${[...conditions, writeStretch(time, stretch), `${key} is not empty`].join(' and ')}`,
  ]
}

async function ask({ context, costs }: UnitQuestions, lines: readonly string[], rowsMax: number) {
  const { rows, ms } = await runExploration(context, lines.join('\n'), { limits: { rowsMax } })
  costs.queries += 1
  costs.warehouseMs += ms
  return rows
}

const quoteKey = (path: string): string => quotePath(path.split('.'))
const goBack = (day: Day): Day => addPeriods(day, -daysBefore, 'day')

/** The `most` with most of what the metric counts in the slice: since a rise or a change of values, and before a fall. */
export async function listLargest(
  questions: UnitQuestions,
  lead: Candidate,
  { path, isRow }: UnitKey,
  most: number,
): Promise<Slice> {
  const { verdict, movement } = lead
  const { measure } = metricOf(questions.context, verdict)
  const { since, end } = readDays(questions, lead)
  const isSum = verdict.kind === 'amount'
  const isFall = movement.change <= 0 && (isSum || verdict.kind === 'count')
  const stretch = isFall ? { from: goBack(since), to: since } : { from: since, to: end }
  const key = quoteKey(path)
  const lines = [
    ...writeRows(questions, lead, key, verdict.hypothesis.slice, stretch),
    `group by who = ${key}: rows = count(), most = ${measure}`,
    `top ${most} by ${isSum || isRow ? 'most' : 'rows'}`,
  ]
  const rows = await ask(questions, lines, most)
  return rows.map(([value]): SliceValue => ({ field: path, value: value as SliceValue['value'] }))
}

/** Most accounts or users of a slice that are looked at one by one. */
export const unitsMax = 20_000

/** What the metric is of each unit of a slice in a movement and before it; undefined where there are too many to look at. */
export async function readUnits(
  questions: UnitQuestions,
  lead: Candidate,
  { path }: UnitKey,
): Promise<readonly UnitRows[] | undefined> {
  const { verdict } = lead
  const metric = metricOf(questions.context, verdict)
  const { weight } = shapeMeasure(metric)
  const { since, end } = readDays(questions, lead)
  const key = quoteKey(path)
  const read = async (stretch: Stretch) =>
    ask(
      questions,
      [
        ...writeRows(questions, lead, key, verdict.hypothesis.slice, stretch),
        `group by who = ${key}: value = ${metric.measure}${weight === undefined ? '' : `, weight = ${weight}`}`,
      ],
      unitsMax,
    )
  const inside = await read({ from: since, to: end })
  if (inside.length >= unitsMax) return undefined
  const before = await read({ from: goBack(since), to: since })
  if (before.length >= unitsMax) return undefined
  const units = new Map<unknown, UnitRows>()
  const numerator = (value: unknown, rows: unknown) =>
    Number(value ?? 0) * (weight === undefined ? 1 : Number(rows ?? 0))
  const none: UnitRows = { inside: 0, before: 0, insideWeight: 0, beforeWeight: 0 }
  for (const [who, value, rows] of inside)
    units.set(who, { ...none, inside: numerator(value, rows), insideWeight: Number(rows ?? 0) })
  for (const [who, value, rows] of before)
    units.set(who, { ...(units.get(who) ?? none), before: numerator(value, rows), beforeWeight: Number(rows ?? 0) })
  return [...units.values()]
}

/** How many units began within the history of a metric, its first weeks left out; and that history. */
export async function countBeginnings(
  questions: UnitQuestions,
  lead: Candidate,
  { path }: UnitKey,
): Promise<{ readonly began: number; readonly history: Stretch }> {
  const { first, afterLast } = readDays(questions, lead)
  const { time } = metricOf(questions.context, lead.verdict)
  const key = quoteKey(path)
  const history = { from: first, to: afterLast }
  const lines = [
    ...writeRows(questions, lead, key, [], history),
    `group by who = ${key}: began = min(${quoteKey(time)})`,
    `where began >= ${addPeriods(first, daysBefore, 'day')}`,
    'group all: began = count()',
  ]
  const [row] = await ask(questions, lines, 1)
  return { began: Number(row?.[0] ?? 0), history }
}
