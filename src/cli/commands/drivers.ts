import { formatNumber, formatSignedChange } from '../../base/format.ts'
import type { Slice } from '../../detectors/causes/explain-change.ts'
import { type DrivenFile, findDriversInFile } from '../../engine/files/find-drivers-in-file.ts'
import type { LeafColumns } from '../../engine/files/read-leaves-file.ts'
import type { Command, CommandInput } from '../command.ts'
import { drawBar } from '../draw-bar.ts'
import { showProgress } from '../show-progress.ts'
import { wrongOption } from '../wrong-option.ts'

const barColumns = 20
const alternativesShown = 3

function readColumns(options: CommandInput['options']): LeafColumns {
  const { weight, weightExpected, dimensions } = options
  if ((weight === undefined) !== (weightExpected === undefined))
    throw wrongOption(
      '`--weight` and `--weight-expected` go together',
      'A ratio needs its denominator as it was and as it was expected.',
    )
  return {
    actual: String(options.actual ?? 'actual'),
    expected: String(options.expected ?? 'expected'),
    ...(weight !== undefined && { weight: { actual: String(weight), expected: String(weightExpected) } }),
    ...(dimensions !== undefined && {
      dimensions: String(dimensions)
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    }),
  }
}

const writeSlice = (slice: Slice): string =>
  slice.map(({ field, value }) => `${field} = ${value}`).join(' and ') || 'everything'

function renderFile(result: DrivenFile): string {
  if ('error' in result) return `${result.file}: ${result.error}`
  const { file, causes, alternatives } = result
  if (causes.length === 0) return `${file}\n  no slice departs from what was expected`
  const names = causes.map(({ slice }) => writeSlice(slice))
  const width = Math.max(...names.map((name) => name.length))
  const lines = causes.map(({ share, actual, expected }, at) => {
    const change = actual !== null && expected ? formatSignedChange(actual / expected - 1) : 'new'
    const numbers = `${change}: ${formatNumber(actual)} against ${formatNumber(expected)}`
    const part = share === null ? '–' : formatNumber(share, { format: 'percent' })
    return `  ${names[at]!.padEnd(width)}  ${drawBar(share ?? 0, barColumns)}  ${part.padStart(6)} of the change  ${numbers}`
  })
  const next = alternatives
    .slice(0, alternativesShown)
    .map((set) => set.map(({ slice }) => writeSlice(slice)).join(', '))
  return [file, ...lines, ...(next.length > 0 ? [`  next best: ${next.join('; ')}`] : [])].join('\n')
}

export const drivers: Command = {
  name: 'drivers',
  summary: 'find the slices that explain a change, in csv files of leaves',
  arguments: [
    { name: '<files...>', summary: 'csv files, plain or gzipped: a change each, a row for each finest slice' },
  ],
  options: [
    { flags: '--actual <column>', summary: 'what was counted: a sum, or the numerator of a ratio', initial: 'actual' },
    {
      flags: '--expected <column>',
      summary: 'what was expected: a forecast, or the period before',
      initial: 'expected',
    },
    { flags: '--weight <column>', summary: 'denominator of a ratio or mean, as it was' },
    { flags: '--weight-expected <column>', summary: 'denominator, as it was expected' },
    {
      flags: '--dimensions <columns>',
      summary: 'fields that may explain it, by commas; every other column when left out',
    },
  ],
  hasFormat: true,
  ignoresConfig: true,
  examples: [
    'hunch drivers orders.csv --actual this_week --expected last_week',
    'hunch drivers stalls.csv.gz --actual stalls --expected stalls_before --weight viewers --weight-expected viewers_before --dimensions cdn,device',
  ],
  async run({ arguments: [given], options, format, signal }, streams) {
    const columns = readColumns(options)
    const files = given as readonly string[]
    const progress = showProgress(streams)
    let judged = 0
    for (const [done, file] of files.entries()) {
      if (signal.aborted) {
        progress.end()
        return 1
      }
      if (files.length > 1) progress.report({ phase: 'finding drivers', done, total: files.length, unit: 'files' })
      const result = await findDriversInFile(file, columns)
      if (!('error' in result)) judged++
      if (streams.isTerminal) streams.err('\r\u001B[K')
      streams.out(format === 'json' ? JSON.stringify(result) : renderFile(result))
    }
    if (files.length > 1)
      progress.report({ phase: 'finding drivers', done: files.length, total: files.length, unit: 'files' })
    progress.end()
    return judged > 0 ? 0 : 2
  },
}
