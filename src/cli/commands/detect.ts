import { suggestNames } from '../../base/did-you-mean.ts'
import type { Detector } from '../../detectors/detector.ts'
import { detectors, findSeriesDetector, listDetectors } from '../../detectors/index.ts'
import { type DetectedFile, detectFile } from '../../engine/files/detect-file.ts'
import type { Command } from '../command.ts'
import { drawChart } from '../draw-chart.ts'
import { wrongOption } from '../wrong-option.ts'

const chartColumns = 72
const indent = 2

function readDetector(name: string): Detector {
  const detector = findSeriesDetector(name)
  if (detector) return detector
  const names = listDetectors('series').map((one) => one.name)
  const isOther = detectors.some((one) => one.name === name)
  throw wrongOption(
    isOther ? `\`${name}\` is no detector of single series` : `there is no detector \`${name}\``,
    `\`hunch detect\` runs ${names.map((one) => `\`${one}\``).join(', ')}.`,
    isOther ? [] : suggestNames(name, names),
  )
}

function readSeason(text: unknown): number {
  const season = Number(text)
  if (Number.isInteger(season) && season >= 0 && season <= 400) return season
  throw wrongOption(`\`--season\` is \`${String(text)}\``, 'Give a whole number of points, from 0 to 400.')
}

function renderFile(result: DetectedFile, columns = chartColumns + indent): string {
  if ('error' in result) return `${result.file}: ${result.error}`
  const { file, points, changes, verdict } = result
  const lines = [
    file,
    `  ${drawChart(
      points.map(({ value }) => value),
      Math.min(chartColumns, columns - indent),
    )}`,
  ]
  if (verdict.status === 'untestable') lines.push(`  cannot be tested: ${String(verdict.reason)}`)
  if (verdict.status === 'tested') {
    const { direction, pValue, observed, expected, from } = verdict as Record<string, number>
    lines.push(
      `  ${String(direction)} from row ${(from ?? 0) + 1} (${points[Math.min(points.length - 1, from ?? 0)]!.at}): ${Number(observed).toPrecision(4)} against ${Number(expected).toPrecision(4)} expected, p = ${Number(pValue).toPrecision(2)}`,
    )
  }
  for (const { index, at, before, after, pValue } of changes)
    lines.push(
      `  row ${index + 1} (${at}): ${before.toPrecision(4)} → ${after.toPrecision(4)}, p = ${pValue.toPrecision(2)}`,
    )
  const unusual = points.flatMap((point, row) =>
    point.score !== null && point.score >= 0.5 ? [{ ...point, row }] : [],
  )
  for (const { row, at, value, expected } of unusual.slice(0, 10))
    lines.push(`  row ${row + 1} (${at}): ${value} against ${expected?.toPrecision(4)} expected`)
  if (unusual.length > 10) lines.push(`  … and ${unusual.length - 10} more rows`)
  return lines.join('\n')
}

export const detect: Command = {
  name: 'detect',
  summary: 'run a detector on series in csv files',
  arguments: [
    {
      name: '<detector>',
      summary: listDetectors('series')
        .map(({ name }) => name)
        .join(', '),
    },
    { name: '<files...>', summary: 'csv files, a series each' },
  ],
  options: [
    {
      flags: '--time <column>',
      summary: 'column of dates, or of whole numbers when there is no calendar',
      initial: 'time',
    },
    { flags: '--value <column>', summary: 'column of numbers; an empty cell is a missing value', initial: 'value' },
    { flags: '--season <points>', summary: 'points a season; 0 takes what the dates suggest', initial: '0' },
    {
      flags: '--streaming',
      summary: 'judge each point from earlier points alone (outlier); a score from 0.5 starts an alarm',
    },
  ],
  hasFormat: true,
  ignoresConfig: true,
  examples: [
    'hunch detect level_shift signups.csv --time day --value signups',
    'hunch detect outlier cpu.csv --streaming --season 288 --format json',
  ],
  async run({ arguments: [name, files], options, format, signal }, { out, columns }) {
    const detector = readDetector(String(name))
    const isStreaming = options.streaming === true
    if (isStreaming && detector.name !== 'outlier')
      throw wrongOption(
        `\`--streaming\` is for \`outlier\`, not for \`${detector.name}\``,
        `Write \`hunch detect outlier\`, or leave \`--streaming\` out.`,
      )
    const season = readSeason(options.season ?? '0')
    let judged = 0
    for (const file of files as readonly string[]) {
      if (signal.aborted) return 1
      const result = await detectFile(file, {
        detector,
        time: String(options.time ?? 'time'),
        value: String(options.value ?? 'value'),
        season,
        isStreaming,
      })
      if (!('error' in result)) judged++
      out(format === 'json' ? JSON.stringify(result) : renderFile(result, columns))
    }
    return judged > 0 ? 0 : 2
  },
}
