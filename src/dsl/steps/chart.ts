import { z } from 'zod'
import { suggestNames } from '../../base/did-you-mean.ts'
import { aOrAn } from '../bind/bind-path.ts'
import { createCallout } from '../check/named-column.ts'
import { findColumn } from '../check/relation.ts'
import { warnOfLastPeriod } from '../lints/warn-of-last-period.ts'
import type { Cursor } from '../text/cursor.ts'
import { parseList } from '../text/parse-list.ts'
import { parseName } from '../text/parse-names.ts'
import { quoteName } from '../text/quote.ts'
import { type ChartStep, chartMarks } from '../tree/ast.ts'
import * as shapes from '../tree/shapes.ts'
import { defineStep } from './step.ts'

const isMark = (word: string): word is ChartStep['mark'] => (chartMarks as readonly string[]).includes(word)

function parseMark(cursor: Cursor): ChartStep['mark'] {
  const token = cursor.peek()
  const word = token?.value.toLowerCase() ?? ''
  if (token?.kind === 'word' && isMark(word)) {
    cursor.take()
    return word
  }
  const [first = ''] = chartMarks
  return cursor.stop({
    code: 'unknown-mark',
    message: token ? `there is no chart \`${token.value}\`` : 'the chart has no kind',
    hint: `Write one of ${chartMarks.map((mark) => `\`${mark}\``).join(', ')}, as \`chart ${first} month, revenue\`.`,
    candidates: token ? suggestNames(token.value, chartMarks) : [],
  })
}

function parseChart(cursor: Cursor): ChartStep {
  const start = cursor.mark()
  cursor.take()
  const mark = parseMark(cursor)
  const name = () => parseName(cursor, 'a column')
  const columns = cursor.isAtEnd() ? Object.freeze([]) : parseList(cursor, name)
  return cursor.place(start, { kind: 'chart', mark, columns, ...(cursor.acceptWord('by') ? { by: name() } : {}) })
}

/** How the rows are drawn: across, up, and one series per value of `by`. */
export const chart = defineStep<ChartStep, undefined>({
  kind: 'chart',
  name: 'chart',
  verb: 'chart',
  summary:
    'How to draw the rows: first what goes across, then the measures; `by` makes one series per value. It comes last.',
  grammar: [`chart ${chartMarks.join('|')} <x>, <measures> [by <series>]`, 'chart number <measures>'],
  example: 'from account\ngroup by month(created_at), plan: signups = count()\nchart line month, signups by plan',
  shape: { mark: z.enum(chartMarks), columns: shapes.names, by: shapes.optional(shapes.name) },
  parse: parseChart,
  format: ({ mark, columns, by }) =>
    `chart ${mark}${columns.length > 0 ? ` ${columns.map(quoteName).join(', ')}` : ''}${by === undefined ? '' : ` by ${quoteName(by)}`}`,
  check: (step, before, checker) => {
    const find = createCallout(step, before, checker)
    const { mark, columns, by } = step
    const isFree = mark === 'table' || mark === 'heatmap'
    for (const [at, name] of columns.entries()) {
      const isMeasure = !isFree && (mark === 'number' || at > 0)
      find(name, isMeasure ? 'a number to draw' : 'a column', ({ type }) => !isMeasure || type === 'number')
    }
    const [across, ...measures] = columns.map((name) => findColumn(before, name))
    if (mark === 'line' || mark === 'area' || mark === 'bar') warnOfLastPeriod(step, across, measures, checker)
    if (by !== undefined) find(by, 'a column', () => true)
    const least = mark === 'table' ? 0 : mark === 'number' ? 1 : 2
    if (columns.length < least)
      checker.report(step, {
        code: 'chart-columns',
        message: `a ${mark} chart needs ${least === 1 ? 'a measure' : 'what goes across and a measure'}`,
        hint: least === 1 ? 'Write `chart number revenue`.' : `Write \`chart ${mark} month, revenue\`.`,
      })
    return { after: before, bound: undefined }
  },
  describe: ({ mark, columns, by }, { before }) => {
    const label = (name: string) => before.columns.find((column) => column.name === name)?.label ?? name
    const [x, ...y] = columns.map(label)
    const series = by === undefined ? '' : `, one series for each ${label(by)}`
    if (mark === 'table')
      return `Show ${columns.length > 0 ? columns.map(label).join(', ') : 'the rows'} as a table${series}`
    if (mark === 'number')
      return `Show ${columns.map(label).join(' and ')} as ${columns.length > 1 ? 'numbers' : 'a number'}${series}`
    if (mark === 'heatmap' && y.length > 1)
      return `Draw ${y.slice(1).join(' and ')} for each ${x} and ${y[0]} as a heatmap${series}`
    return `Draw ${y.join(' and ')} by ${x} as ${mark === 'heatmap' ? 'a heatmap' : `${aOrAn(mark)} chart`}${series}`
  },
  lower: () => undefined,
})
