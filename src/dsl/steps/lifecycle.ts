import { addPeriods, startOfPeriod } from '../../base/periods.ts'
import type { Checker } from '../check/checker.ts'
import { bindKey, openScope } from '../check/grouping.ts'
import { createColumn, type Relation } from '../check/relation.ts'
import { isBelowDay } from '../check/resolve-range.ts'
import { useColumn } from '../check/rows.ts'
import { bindEvents, checkModelRows } from '../product/bind-events.ts'
import { type BoundLifecycle, lifecycleColumns, lowerLifecycle } from '../product/lower-lifecycle.ts'
import { relateKeys } from '../product/relate-keys.ts'
import { describeEvents, describeKeys, formatEvents, startOfDay } from '../product/step-parts.ts'
import type { Cursor } from '../text/cursor.ts'
import { formatNamed } from '../text/format-expression.ts'
import { parseExpression } from '../text/parse-expression.ts'
import { parseList, parseNamed } from '../text/parse-list.ts'
import { parsePath } from '../text/parse-names.ts'
import { findUnit } from '../text/parse-range.ts'
import type { Named } from '../tree/ast.ts'
import type { LifecycleStep } from '../tree/ast-product.ts'
import * as shapes from '../tree/shapes.ts'
import { describeRows } from '../words/describe-expression.ts'
import { defineStep } from './step.ts'

/** `month`; `month(created_at)` counts what the step counts anyway. */
function parseUnit(cursor: Cursor): LifecycleStep['unit'] {
  const start = cursor.mark()
  const token = cursor.peek()
  const unit = token?.kind === 'word' ? findUnit(token.value) : undefined
  if (!unit) return cursor.expected('a unit of time', 'Write `lifecycle by month on users.events`.')
  cursor.take()
  if (!cursor.acceptSymbol('(')) return unit
  parseExpression(cursor)
  cursor.expectSymbol(')')
  const span = cursor.spanFrom(start)
  cursor.report({
    code: 'lifecycle-unit',
    message: 'a lifecycle goes by the periods of what was done, whatever the row',
    hint: `Write \`lifecycle by ${unit} on …\`.`,
    span,
    fixes: [{ title: `${unit}(…) → ${unit}`, span, text: unit }],
  })
  return unit
}

function parseLifecycle(cursor: Cursor): LifecycleStep {
  const start = cursor.mark()
  cursor.take()
  cursor.expectWord('by')
  const unit = parseUnit(cursor)
  const by: readonly Named[] = cursor.acceptSymbol(',') ? parseList(cursor, parseNamed) : Object.freeze([])
  if (!cursor.acceptWord('on'))
    cursor.expected('`on`', 'Say what counts as being there, as `on users.events where name = "login"`.')
  const on = parsePath(cursor)
  const where = cursor.acceptWord('where') ? parseExpression(cursor) : undefined
  return cursor.place(start, { kind: 'lifecycle', unit, by, on, ...(where ? { where } : {}) })
}

function checkLifecycle(step: LifecycleStep, before: Relation, checker: Checker) {
  if (!checkModelRows(step, before, checker, step)) return undefined
  const { unit } = step
  const scope = openScope(checker, before)
  const taken = new Set<string>([unit, ...lifecycleColumns])
  const keys = step.by.map((named) => {
    const key = bindKey(named, scope, taken)
    taken.add(key.column.name)
    return key
  })
  const events = bindEvents(step, before, checker)
  const { rows } = before
  if (isBelowDay(unit))
    checker.report(step, {
      code: 'retention-length',
      message: 'a lifecycle is counted in days or longer units',
      hint: 'Write `lifecycle by day on …` or a longer unit.',
    })
  if (!events || !rows || isBelowDay(unit)) return { keys }
  const today = startOfPeriod(checker.asOf, unit, checker.calendar)
  const bound: BoundLifecycle = {
    unit,
    keys,
    row: rows.scan.model.key.map((column) => useColumn(rows, column, checker.names)),
    events,
    until: startOfDay(today, events.time.type, checker),
    last: addPeriods(today, -1, unit),
  }
  return { keys, bound }
}

/** Who came, stayed, came back and went, period by period. */
export const lifecycle = defineStep<LifecycleStep, BoundLifecycle | undefined>({
  kind: 'lifecycle',
  name: 'lifecycle',
  verb: 'lifecycle',
  summary:
    'For each period that is over, how many rows were active in it, which are new (active for the first time), retained (active in the period before too) or resurrected (active again after a gap), and how many are dormant (active in the period before, not in this one): `active`, `new`, `retained`, `resurrected`, `dormant`. From the first period in which anybody was active.',
  grammar: ['lifecycle by <unit>[, <keys>] on <relation or its time> [where <condition>]'],
  example: 'from user\nlifecycle by month on events where name = "login"\nchart bar month, new, retained, dormant',
  shape: {
    unit: shapes.unit,
    by: shapes.list(shapes.named),
    on: shapes.path,
    where: shapes.optional(shapes.expression),
  },
  parse: parseLifecycle,
  format: (step) => `lifecycle by ${[step.unit, ...step.by.map(formatNamed)].join(', ')} on ${formatEvents(step)}`,
  check: (step, before, checker) => {
    const { bound, keys = [] } = checkLifecycle(step, before, checker) ?? {}
    const bounds = bound && { from: undefined, to: addPeriods(bound.last, 1, step.unit) }
    const period = createColumn({ name: step.unit, type: 'date', bucket: step.unit, bounds })
    const measures = lifecycleColumns.map((name) => createColumn({ name, type: 'number' }))
    return { after: relateKeys([period, ...keys.map(({ column }) => column)], measures, keys, checker), bound }
  },
  describe: (step, { before, bound, checker }) => {
    const scope = openScope(checker, before)
    const { unit } = step
    const what = describeEvents(step, bound?.events, scope)
    return `For each full ${unit}${describeKeys(' and each', bound?.keys ?? [])}, count the ${describeRows(scope)} that had ${what}: in all, for the first time, again after the ${unit} before, and again after a gap; and those that had any in the ${unit} before and none in this`
  },
  lower: (bound, builder) => {
    if (bound) lowerLifecycle(bound, builder)
  },
})
