import { z } from 'zod'
import { createCallout } from '../check/named-column.ts'
import { findColumn } from '../check/relation.ts'
import { warnOfLastPeriod } from '../lints/warn-of-last-period.ts'
import type { Cursor } from '../text/cursor.ts'
import { parseList } from '../text/parse-list.ts'
import { parseName } from '../text/parse-names.ts'
import { quoteName, quoteNumber, quoteText } from '../text/quote.ts'
import type { TestStep } from '../tree/ast.ts'
import * as shapes from '../tree/shapes.ts'
import { defineStep } from './step.ts'

function parseOption(cursor: Cursor): TestStep['options'][number] {
  const name = parseName(cursor, 'the name of an option')
  cursor.expectSymbol('=')
  const isNegative = cursor.acceptSymbol('-')
  const token = cursor.peek()
  cursor.take()
  if (token?.kind === 'number' && Number.isFinite(Number(token.value)))
    return { name, value: isNegative ? 0 - Number(token.value) : Number(token.value) }
  if (!isNegative && token?.kind === 'text') return { name, value: token.value }
  if (!isNegative && token?.kind === 'word' && /^(true|false)$/i.test(token.value))
    return { name, value: /true/i.test(token.value) }
  return cursor.stop({
    code: 'syntax',
    message: `the option \`${name}\` has no value`,
    hint: 'Write a number, a text, `true` or `false`.',
    span: token?.span,
  })
}

const formatOption = ({ name, value }: TestStep['options'][number]) =>
  `${quoteName(name)} = ${typeof value === 'string' ? quoteText(value) : typeof value === 'number' ? quoteNumber(value) : value}`

/** Hands the rows to a detector. The rows stay as they are. */
export const test = defineStep<TestStep, undefined>({
  kind: 'test',
  name: 'test',
  verb: 'test',
  summary:
    'Hand the rows to a detector: is the measure as expected over time, in each of the groups after `by`, or beside another number? It comes last, but for `chart`.',
  grammar: ['test <detector> <measure> over <period or number> [by <columns>] [with <option> = <value>, …]'],
  example:
    'from metric signups by week where created_at in last 52 weeks\nfill week with 0\ntest level_shift signups over week',
  shape: {
    detector: shapes.name,
    measure: shapes.name,
    time: shapes.name,
    by: shapes.names,
    options: shapes.list(z.strictObject({ name: shapes.name, value: z.union([z.string(), z.number(), z.boolean()]) })),
  },
  parse: (cursor) => {
    const start = cursor.mark()
    cursor.take()
    const detector = parseName(cursor, 'the name of a detector')
    const measure = parseName(cursor, 'the column to test')
    cursor.expectWord('over')
    const time = parseName(cursor, 'the column that holds the periods (or the other number)')
    const by = cursor.acceptWord('by') ? parseList(cursor, () => parseName(cursor, 'a column')) : Object.freeze([])
    const options = cursor.acceptWord('with') ? parseList(cursor, parseOption) : Object.freeze([])
    return cursor.place(start, { kind: 'test', detector, measure, time, by, options })
  },
  format: ({ detector, measure, time, by, options }) =>
    [
      `test ${quoteName(detector)} ${quoteName(measure)} over ${quoteName(time)}`,
      by.length > 0 ? `by ${by.map(quoteName).join(', ')}` : '',
      options.length > 0 ? `with ${options.map(formatOption).join(', ')}` : '',
    ]
      .filter((part) => part !== '')
      .join(' '),
  check: (step, before, checker) => {
    const find = createCallout(step, before, checker)
    find(step.measure, 'a number to test', ({ type }) => type === 'number')
    const time = find(step.time, 'a time or a number to test over', ({ type }) => type !== 'text' && type !== 'boolean')
    warnOfLastPeriod(step, time, [findColumn(before, step.measure)], checker)
    for (const name of step.by) find(name, 'a column', () => true)
    return { after: before, bound: undefined }
  },
  describe: (step, { before }) => {
    const label = (name: string) => before.columns.find((column) => column.name === name)?.label ?? name
    const by = step.by.length > 0 ? ` for each ${step.by.map(label).join(' and ')}` : ''
    return `Test ${label(step.measure)} over ${label(step.time)}${by} with the detector ${step.detector.replaceAll('_', ' ')}`
  },
  lower: () => undefined,
})
