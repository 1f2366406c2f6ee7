import { addPeriods, type Day, type Stretch } from '../../base/periods.ts'
import { quoteName, quotePath } from '../../dsl/text/quote.ts'
import type { Candidate } from '../../findings/candidate.ts'
import type { UnitSums } from '../../findings/explain/weigh-units.ts'
import type { UnitKey } from '../../hypotheses/accounts/find-unit-keys.ts'
import type { Slice, SliceValue } from '../../hypotheses/hypothesis.ts'
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
  { path }: UnitKey,
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
    `top ${most} by ${isSum ? 'most' : 'rows'}`,
  ]
  const rows = await ask(questions, lines, most)
  return rows.map(([value]): SliceValue => ({ field: path, value: value as SliceValue['value'] }))
}

/** Rows of all units of a slice in a movement and before it, and how many units they are. */
export async function sumUnits(
  questions: UnitQuestions,
  lead: Candidate,
  { path }: UnitKey,
): Promise<UnitSums & { readonly units: number }> {
  const { since, end } = readDays(questions, lead)
  const { time } = metricOf(questions.context, lead.verdict)
  const [key, when] = [quoteKey(path), quoteKey(time)]
  const sums =
    'inside = sum(inside), before = sum(before), inside2 = sum(inside * inside), both = sum(inside * before), before2 = sum(before * before)'
  const lines = [
    ...writeRows(questions, lead, key, lead.verdict.hypothesis.slice, { from: goBack(since), to: end }),
    `group by who = ${key}: inside = count(where ${when} >= ${since}), before = count(where ${when} < ${since})`,
    `group all: units = count(), ${sums}`,
  ]
  const [row = []] = await ask(questions, lines, 1)
  const [units = 0, inside = 0, before = 0, insideSquares = 0, products = 0, beforeSquares = 0] = row.map(Number)
  return { units, inside, before, insideSquares, products, beforeSquares }
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
