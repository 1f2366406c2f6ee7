import { openQueryApp } from '../../app.ts'
import { formatMs, formatNumber } from '../../base/format.ts'
import { type Answer, type Answered, isAnswered } from '../../engine/ask/answer.ts'
import { answerQuestion } from '../../engine/ask/answer-question.ts'
import type { Command } from '../command.ts'
import { layOutTable } from '../lay-out-table.ts'
import { listSentences } from '../list-sentences.ts'
import { wrongOption } from '../wrong-option.ts'

const rowsShown = 30

function renderTrace({ route, confidence, fixes, repairs, timings, usage, exploration, sql }: Answered): string {
  const phases = Object.entries(timings).map(([phase, ms]) => `${phase} ${formatMs(ms)}`)
  return [
    '',
    exploration,
    '',
    sql,
    '',
    `route: ${route}, ${formatNumber(confidence, { format: 'percent' })} sure`,
    `fixes: ${fixes.length > 0 ? fixes.join('; ') : 'none'}; repairs: ${repairs}`,
    `time: ${phases.join(', ')}`,
    ...(usage.calls > 0
      ? [`model: ${usage.models.join(', ')}, ${usage.promptTokens} + ${usage.completionTokens} tokens`]
      : []),
  ].join('\n')
}

/** Numbers as people read them: grouped, without digits that mean nothing. */
const showCells = (row: Answered['rows'][number]) =>
  row.map((cell) => (typeof cell === 'number' ? formatNumber(cell, { exact: true }) : cell))

const renderExisting = ({ existing }: Answer): readonly string[] =>
  existing.length === 0 ? [] : ['', 'Reports that are near:', ...existing.map(({ title, url }) => `  ${title}: ${url}`)]

function renderAnswer(answer: Answer, hasTrace: boolean): string {
  if (!isAnswered(answer))
    return [`This cannot be answered: ${answer.cannotAnswer}`, ...renderExisting(answer)].join('\n')
  const { sentence, steps, columns, rows, rowCount, fixes, lints } = answer
  const more = rowCount > rowsShown ? [`… ${rowCount - rowsShown} more rows; --format json prints all`] : []
  return [
    sentence,
    '',
    ...listSentences(steps),
    '',
    layOutTable(columns, rows.slice(0, rowsShown).map(showCells)),
    ...more,
    ...fixes.map((fix) => `mended: ${fix}`),
    ...lints.map(({ message }) => `note: ${message}`),
    ...renderExisting(answer),
    ...(hasTrace ? [renderTrace(answer)] : []),
  ].join('\n')
}

export const ask: Command = {
  name: 'ask',
  summary: 'answer a question in words, with the steps that made the answer',
  arguments: [{ name: '<question>', summary: 'the question, in quotes' }],
  options: [{ flags: '--trace', summary: 'also print the exploration, its SQL, and how long each phase took' }],
  hasFormat: true,
  examples: [
    'hunch ask "average number of users per account, over time"',
    'hunch ask "top 5 accounts by revenue" --trace',
  ],
  async run(input, { out, err, isTerminal }) {
    const question = String(input.arguments[0] ?? '').trim()
    if (question === '') throw wrongOption('the question is empty', 'Write it in quotes.')
    const app = await openQueryApp({ configFile: input.configFile })
    try {
      const context = { ...app, webUrl: app.config.web.url }
      const answer = await answerQuestion(context, { question, signal: input.signal }, ({ phase }) => {
        if (isTerminal) err(`\r${phase} …\u001b[K`)
      })
      if (isTerminal) err('\r\u001b[K')
      out(
        input.format === 'json'
          ? JSON.stringify(answer, undefined, 2)
          : renderAnswer(answer, input.options.trace === true),
      )
      return 0
    } finally {
      await app.close()
    }
  },
}
