import { addPeriods, type Grain, startOfPeriod } from '../../base/periods.ts'
import type { Checker, Scope } from '../check/checker.ts'
import { type BoundKey, bindKey, openScope } from '../check/grouping.ts'
import { createColumn, type Relation } from '../check/relation.ts'
import { isBelowDay } from '../check/resolve-range.ts'
import { bindEvents, checkModelRows } from '../product/bind-events.ts'
import { type BoundRetention, lowerRetention, retentionColumns } from '../product/lower-retention.ts'
import { relateKeys } from '../product/relate-keys.ts'
import { describeEvents, formatEvents, parseDuration, startOfDay } from '../product/step-parts.ts'
import type { Cursor } from '../text/cursor.ts'
import { formatDuration, formatNamed } from '../text/format-expression.ts'
import { parseExpression } from '../text/parse-expression.ts'
import { parseList, parseNamed } from '../text/parse-list.ts'
import { parsePath } from '../text/parse-names.ts'
import type { RetentionStep } from '../tree/ast-product.ts'
import * as shapes from '../tree/shapes.ts'
import { describeExpression, describeRows } from '../words/describe-expression.ts'
import { defineStep } from './step.ts'

/** Most periods that a cohort is followed for. */
const periodsMax = 400
const durationHint = 'Say how long cohorts are followed, as `for 12 months`.'

function parseRetention(cursor: Cursor): RetentionStep {
  const start = cursor.mark()
  cursor.take()
  cursor.expectWord('by')
  const by = parseList(cursor, parseNamed)
  if (!cursor.acceptWord('on'))
    cursor.expected('`on`', 'Say what counts as being there, as `on users.events where name = "login"`.')
  const on = parsePath(cursor)
  const where = cursor.acceptWord('where') ? parseExpression(cursor) : undefined
  if (!cursor.acceptWord('for')) cursor.expected('`for`', durationHint)
  const length = parseDuration(cursor, durationHint)
  return cursor.place(start, { kind: 'retention', by, on, ...(where ? { where } : {}), length })
}

/** The cohort: a period of the row's own time. */
function bindCohort(step: RetentionStep, scope: Scope): BoundKey | undefined {
  const [first] = step.by
  if (!first) return undefined
  const { value } = first
  const named = first.name === undefined ? { name: 'cohort', value } : first
  const key = bindKey(named, scope, new Set(retentionColumns))
  if (key.value.type === 'unknown' || (key.value.kind === 'bucket' && !isBelowDay(key.value.grain))) return key
  scope.checker.report(value, {
    code: 'cohort-period',
    message: 'cohorts are the periods in which rows began, of a day or longer',
    hint: 'Write the period of a time of theirs first, as `retention by month(created_at) on …`.',
  })
  return undefined
}

/**
 * The periods from the one in which a row began to the last that is followed, each with the last cohort of which every row has seen the end
 * of it.
 */
function listPeriods(count: number, unit: Grain, cohort: Grain, { asOf, calendar }: Checker) {
  const today = startOfPeriod(asOf, unit, calendar)
  return Array.from({ length: count + 1 }, (_, period) => {
    const end = addPeriods(today, -period, unit)
    return { period, lastCohort: addPeriods(startOfPeriod(end, cohort, calendar), -1, cohort) }
  })
}

function checkLength(step: RetentionStep, checker: Checker): boolean {
  const { length } = step
  if (!isBelowDay(length.unit) && length.count <= periodsMax) return true
  checker.report(step, {
    code: 'retention-length',
    message: isBelowDay(length.unit)
      ? 'retention is counted in days or longer units'
      : `a cohort is followed for at most ${periodsMax} periods`,
    hint: 'Write a longer unit, as `for 30 days` or `for 12 months`.',
  })
  return false
}

function checkRetention(step: RetentionStep, before: Relation, checker: Checker) {
  if (!checkModelRows(step, before, checker, step)) return undefined
  const scope = openScope(checker, before)
  const cohort = bindCohort(step, scope)
  const taken = new Set<string>([...retentionColumns, cohort?.column.name ?? 'cohort'])
  const others = step.by.slice(1).map((named) => {
    const key = bindKey(named, scope, taken)
    taken.add(key.column.name)
    return key
  })
  const events = bindEvents(step, before, checker)
  if (!checkLength(step, checker) || cohort?.value.kind !== 'bucket' || !events) return { others }
  const { unit, count } = step.length
  const { grain, arg } = cohort.value
  const bound: BoundRetention = {
    keys: [cohort, ...others],
    began: arg,
    events,
    unit,
    periods: listPeriods(count, unit, grain, checker),
    until: startOfDay(startOfPeriod(checker.asOf, unit, checker.calendar), events.time.type, checker),
  }
  return { others, bound }
}

/** Cohorts, and how many of each come back in the periods after. */
export const retention = defineStep<RetentionStep, BoundRetention | undefined>({
  kind: 'retention',
  name: 'retention',
  verb: 'retention',
  summary:
    'Cohorts of rows by the period in which they began, and for that period (0) and each after it how many have at least one related row there: `cohort`, further keys, `period`, `cohort_size`, `retained`, `rate`. Only periods that are over; one in which nobody came back is 0. A row counts periods from its own beginning.',
  grammar: ['retention by <period>[, <keys>] on <relation or its time> [where <condition>] for <n> <unit>'],
  example:
    'from account\nretention by month(created_at) on users.events where name = "login" for 12 months\nchart heatmap cohort, period, rate',
  shape: {
    by: shapes.list(shapes.named).min(1),
    on: shapes.path,
    where: shapes.optional(shapes.expression),
    length: shapes.duration,
  },
  parse: parseRetention,
  format: (step) =>
    `retention by ${step.by.map(formatNamed).join(', ')} on ${formatEvents(step)} for ${formatDuration(step.length)}`,
  check: (step, before, checker) => {
    const { bound, others = [] } = checkRetention(step, before, checker) ?? {}
    const grain = bound?.keys[0]?.value
    const cohort =
      bound?.keys[0]?.column ?? createColumn({ name: step.by[0]?.name ?? 'cohort', type: 'unknown', label: 'cohort' })
    const bucket = grain?.kind === 'bucket' ? grain.grain : undefined
    const numbers = retentionColumns.map((name) => createColumn({ name, type: 'number' }))
    const [period, ...measures] = numbers
    // cohorts are followed only as far as their periods are over
    const bounds = { from: undefined, to: undefined, isLasting: true } as const
    const shown = [{ ...cohort, bucket, bounds }, ...others.map(({ column }) => column)]
    return {
      after: relateKeys([...shown, period!], measures, bound?.keys ?? others, checker),
      bound,
    }
  },
  describe: (step, { before, bound, checker }) => {
    const scope = openScope(checker, before)
    const rows = describeRows(scope)
    const { unit, count } = step.length
    const value = step.by[0]?.value
    const by = value ? describeExpression(value, scope) : ''
    const others = (bound?.keys ?? []).slice(1).map(({ column }) => column.label)
    const cohorts = [by, ...others].join(' and ')
    const after = count === 1 ? `the ${unit} after` : `each of the ${count} ${unit}s after`
    return `Put ${rows} into cohorts by ${cohorts}; for the ${unit} in which they began and ${after}, as far as they are over, count how many had ${describeEvents(step, bound?.events, scope)}, and what share of the cohort that is`
  },
  lower: (bound, builder) => {
    if (bound) lowerRetention(bound, builder)
  },
})
