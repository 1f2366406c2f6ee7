import { z } from 'zod'
import type { Checker, Scope } from '../check/checker.ts'
import { bindKey, openScope } from '../check/grouping.ts'
import { createColumn, type Relation } from '../check/relation.ts'
import { useColumn } from '../check/rows.ts'
import { bindEvents, checkModelRows, type Events } from '../product/bind-events.ts'
import { bindStages, formatStage } from '../product/bind-stages.ts'
import { checkStretch } from '../product/lengths.ts'
import { type BoundFunnel, funnelColumns, lowerFunnel } from '../product/lower-funnel.ts'
import { relateKeys } from '../product/relate-keys.ts'
import { describeEvents, describeKeys, formatEvents, parseDuration } from '../product/step-parts.ts'
import type { Cursor } from '../text/cursor.ts'
import { formatDuration, formatNamed } from '../text/format-expression.ts'
import { parseExpression } from '../text/parse-expression.ts'
import { parseList, parseNamed } from '../text/parse-list.ts'
import { parseName, parsePath } from '../text/parse-names.ts'
import type { Named } from '../tree/ast.ts'
import { type FunnelStep, funnelModes } from '../tree/ast-product.ts'
import * as shapes from '../tree/shapes.ts'
import { describeExpression, describeRows, pluralise } from '../words/describe-expression.ts'
import { defineStep } from './step.ts'

const stagesMax = 12

/** `"signed_up"`, `(name = "signed_up")`, or one of them behind a name. */
function parseStage(cursor: Cursor): Named {
  const start = cursor.mark()
  const [first, next] = [cursor.peek(), cursor.peek(1)]
  const isNamed = (first?.kind === 'word' || first?.kind === 'name') && next?.kind === 'symbol' && next.value === '='
  const name = isNamed ? parseName(cursor, 'a name') : undefined
  if (isNamed) cursor.expectSymbol('=')
  const at = cursor.mark()
  const token = cursor.peek()
  if (token?.kind === 'text') {
    cursor.take()
    const value = cursor.place(at, { kind: 'text', value: token.value } as const)
    return cursor.place(start, { ...(name === undefined ? {} : { name }), value })
  }
  if (!cursor.acceptSymbol('('))
    return cursor.expected(
      'the name of an event in quotes, or a condition in parentheses',
      'Write stages as `"signed_up" then (name = "paid" and amount > 0)`.',
    )
  const value = parseExpression(cursor)
  cursor.expectSymbol(')')
  return cursor.place(start, { ...(name === undefined ? {} : { name }), value })
}

/** `then` between stages; a comma is mended. */
function acceptThen(cursor: Cursor): boolean {
  if (cursor.acceptWord('then')) return true
  const start = cursor.mark()
  const isArrow = cursor.isSymbol('-', '=') && cursor.peek(1)?.value === '>'
  if (isArrow) cursor.take()
  if (!isArrow && !cursor.isSymbol(',')) return false
  const written = isArrow ? '->' : ','
  cursor.take()
  const span = cursor.spanFrom(start)
  cursor.report({
    code: 'foreign-words',
    message: 'stages are joined by `then`',
    hint: 'Write `"signed_up" then "paid"`.',
    span,
    fixes: [{ title: `${written} → then`, span, text: isArrow ? 'then' : ' then' }],
  })
  return true
}

/** What stands before the colon, in any order. */
function parseClauses(cursor: Cursor): Pick<FunnelStep, 'mode' | 'by'> & Partial<Pick<FunnelStep, 'where' | 'within'>> {
  let clauses: ReturnType<typeof parseClauses> = { mode: 'ordered', by: Object.freeze([]) }
  for (;;) {
    const mode = funnelModes.find((one) => cursor.acceptWord(one))
    if (mode) clauses = { ...clauses, mode }
    else if (!clauses.where && cursor.acceptWord('where')) clauses = { ...clauses, where: parseExpression(cursor) }
    else if (!clauses.within && cursor.acceptWord('within'))
      clauses = { ...clauses, within: parseDuration(cursor, 'Say how long it may take, as `within 14 days`.') }
    else if (clauses.by.length === 0 && cursor.acceptWord('by'))
      clauses = { ...clauses, by: parseList(cursor, parseNamed, ':') }
    else return clauses
  }
}

function parseFunnel(cursor: Cursor): FunnelStep {
  const start = cursor.mark()
  cursor.take()
  if (cursor.isSymbol(':'))
    cursor.expected('the relation to the events', 'Name it, as in `funnel events: "signed_up" then "paid"`.')
  const on = parsePath(cursor)
  const { where, mode, within, by } = parseClauses(cursor)
  if (!cursor.acceptSymbol(':'))
    cursor.expected(
      '":" and the stages',
      'Write the stages behind a colon, as `funnel events: "signed_up" then "paid"`.',
    )
  const stages = [parseStage(cursor)]
  while (acceptThen(cursor)) stages.push(parseStage(cursor))
  if (stages.length < 2) cursor.expected('`then` and another stage', 'A funnel has two stages or more.')
  if (stages.length > stagesMax)
    cursor.stop({
      code: 'too-long',
      message: `a funnel has ${stages.length} stages; ${stagesMax} is the most`,
      hint: 'Leave some out.',
      span: cursor.spanFrom(start),
    })
  return cursor.place(start, {
    kind: 'funnel',
    on,
    ...(where ? { where } : {}),
    mode,
    ...(within ? { within } : {}),
    by,
    stages: Object.freeze(stages),
  })
}

function formatFunnel(step: FunnelStep): string {
  const { mode, within, by, stages } = step
  const head = [
    `funnel ${formatEvents(step)}`,
    mode === 'ordered' ? '' : mode,
    within ? `within ${formatDuration(within)}` : '',
    by.length > 0 ? `by ${by.map(formatNamed).join(', ')}` : '',
  ]
  return `${head.filter((part) => part !== '').join(' ')}: ${stages.map(formatStage).join(' then ')}`
}

function checkFunnel(step: FunnelStep, before: Relation, checker: Checker) {
  if (!checkModelRows(step, before, checker, step)) return undefined
  const { mode, within } = step
  const count = pluralise(before.rows?.scan.model.name ?? 'row')
  const scope = openScope(checker, before)
  const taken = new Set<string>([...funnelColumns, count])
  const keys = step.by.map((named) => {
    const key = bindKey(named, scope, taken)
    taken.add(key.column.name)
    return key
  })
  const events = bindEvents(step, before, checker)
  if (!events) return { keys, count }
  const stages = bindStages(step.stages, events, checker)
  if (within && !checkStretch(within, events.time.type, step, checker)) return { keys, count }
  const event = events.model.key.map((column) => useColumn(events.rows, column, checker.names))
  const bound: BoundFunnel = { mode, within, stages, keys, events, event, count }
  return { keys, count, bound }
}

function relateFunnel(step: FunnelStep, checked: ReturnType<typeof checkFunnel>, checker: Checker): Relation {
  const { keys = [], count = 'rows' } = checked ?? {}
  const names = ['stage_number', count, 'share_of_first', 'share_of_previous']
  const measures = (step.mode === 'any' ? names : [...names, 'median_days']).map((name) =>
    createColumn({ name, type: 'number', ...(name === 'median_days' ? { unit: 'days' } : {}) }),
  )
  const shown = [createColumn({ name: 'stage', type: 'text' }), ...keys.map(({ column }) => column)]
  const order = ['stage_number', ...keys.map(({ column }) => column.name)]
  return {
    ...relateKeys(shown, measures, keys, checker),
    order: order.map((name) => ({ name, descending: false })),
  }
}

const describeStage = ({ name, value }: Named, events: Events | undefined, scope: Scope): string => {
  if (name !== undefined || !events) return `“${name ?? ''}”`
  return describeExpression(value, value.kind === 'text' ? scope : events.inner)
}

const modeWords: Readonly<Record<FunnelStep['mode'], string>> = {
  ordered: 'one after the other',
  strict: 'one right after the other with nothing between',
  any: 'in any order',
}

/** How many rows get from stage to stage of what they did. */
export const funnel = defineStep<FunnelStep, BoundFunnel | undefined>({
  kind: 'funnel',
  name: 'funnel',
  verb: 'funnel',
  summary:
    'One row per stage (and key): how many rows got that far, under the plural of their model, with `stage_number`, `share_of_first`, `share_of_previous` and `median_days` from the stage before. A stage is the name of an event or a condition on it. `ordered`, as without a word: other events may lie between; `strict`: none; `any`: in any order. A run may start at any event of the first stage; `within` counts from there.',
  grammar: [
    'funnel <relation> [where <condition>] [strict | any] [within <n> <unit>] [by <keys>]: "<event>" then [<name> =] (<condition>) then …',
  ],
  example:
    'from user\nfunnel events within 14 days by account.plan: "signed_up" then "created_project" then "invited_teammate"\nchart funnel stage, users by plan',
  shape: {
    on: shapes.path,
    where: shapes.optional(shapes.expression),
    mode: z.enum(funnelModes),
    within: shapes.optional(shapes.duration),
    by: shapes.list(shapes.named),
    stages: shapes.list(shapes.named).min(2).max(stagesMax),
  },
  parse: parseFunnel,
  format: formatFunnel,
  check: (step, before, checker) => {
    const checked = checkFunnel(step, before, checker)
    return { after: relateFunnel(step, checked, checker), bound: checked?.bound }
  },
  describe: (step, { before, bound, checker }) => {
    const scope = openScope(checker, before)
    const stages = step.stages.map((stage) => describeStage(stage, bound?.events, scope))
    const within = step.within ? `, within ${formatDuration(step.within)}` : ''
    const what = describeEvents(step, bound?.events, scope)
    return `Count how many ${describeRows(scope)} got how far through ${stages.join(', then ')} of their ${what}, ${modeWords[step.mode]}${within}${describeKeys(', for each', bound?.keys ?? [])}`
  },
  lower: (bound, builder) => {
    if (bound) lowerFunnel(bound, builder)
  },
})
