import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { generatedNote, type ReferencePage } from '../../base/reference-page.ts'
import type { AnyDetector } from '../detector.ts'
import type { Example, Examples } from '../examples/example.ts'
import { examples } from '../examples/index.ts'
import { detectors } from '../index.ts'
import type { Shape } from '../shapes.ts'
import { drawExample } from './draw-example.ts'

interface OptionSchema {
  readonly default?: unknown
  readonly description?: string
  readonly minimum?: number
  readonly maximum?: number
}

const shapeWords: Readonly<Record<Shape, string>> = {
  series: 'a series',
  pair: 'two series',
  points: 'two numbers of each row',
  goal: 'a series and its goal',
  arrivals: 'the rows of each period and when they came',
  breakdown: 'a series for each value of a field',
  leaves: 'the finest slices of a change',
  'cross-section': 'several members at one time',
  samples: 'two samples',
  conversions: 'how many of two groups went on',
  cohorts: 'a cohort triangle',
  durations: 'times until something happened',
  strata: 'an exposure and an outcome in strata',
  accounts: 'the counts of each account',
}

const folder = 'docs/reference/detectors'
const alarmsFile = new URL('../examples/false-alarms.json', import.meta.url)

function writeOptions({ options }: AnyDetector): readonly string[] {
  const { properties = {} } = z.toJSONSchema(options, { io: 'input' }) as { properties?: Record<string, OptionSchema> }
  const rows = Object.entries(properties).map(
    ([name, { default: initial, description = '', minimum, maximum }]) =>
      `| \`${name}\` | ${JSON.stringify(initial)} | ${minimum === undefined ? '' : `${minimum} to ${maximum}`} | ${description} |`,
  )
  return rows.length === 0 ? ['None.'] : ['| option | default | range | meaning |', '|---|---|---|---|', ...rows]
}

type Alarms = Readonly<Record<string, readonly [tested: number, ...counts: number[]]>>

/** `4.9%`, with one digit more where it is small. */
const writeShare = (count: number, tested: number): string => {
  const percent = (100 * count) / tested
  return `${percent.toFixed(percent >= 1 ? 1 : 2)}%`
}

function writeAlarms(alarms: Alarms = {}): readonly string[] {
  const rows = Object.entries(alarms)
    .filter(([, [tested]]) => tested > 0)
    .map(([world, [tested, ...counts]]) => {
      const shares = counts.map((count) => writeShare(count, tested)).join(' | ')
      return `| ${world} | ${tested} | ${shares} |`
    })
  if (rows.length === 0) return ['Not measured yet.']
  return ['| where nothing happens | tested | p ≤ 5% | p ≤ 1% | p ≤ 0.1% |', '|---|--:|--:|--:|--:|', ...rows]
}

const writeList = (lines: readonly string[]): readonly string[] => lines.map((line) => `- ${line}`)

function writePage(
  detector: AnyDetector,
  { hit, calm }: Examples,
  alarms: Alarms | undefined,
): readonly ReferencePage[] {
  const { name, shape, question, method, minimum, minimumOf = 'points', assumes, misleads } = detector
  const draw = (kind: string, example: Example<Shape>) => {
    const { svg, says } = drawExample(detector, example)
    const picture: ReferencePage = { path: `${folder}/${name}-${kind}.svg`, text: svg }
    const lines = [`![${example.title}](${name}-${kind}.svg)`, '', `*${example.title}* (${says})`]
    return { picture, lines }
  }
  const [told, left] = [draw('hit', hit as Example<Shape>), draw('calm', calm as Example<Shape>)]
  const text = [
    generatedNote,
    `# \`${name}\``,
    '',
    `**${question}**`,
    '',
    method,
    '',
    `It sees ${shapeWords[shape]} and needs ${minimum} ${minimumOf}.`,
    '',
    '## A thing it tells',
    '',
    ...told.lines,
    '',
    '## A thing it rightly leaves alone',
    '',
    ...left.lines,
    '',
    '## What it takes for granted',
    '',
    ...writeList(assumes),
    '',
    '## When it misleads',
    '',
    ...writeList(misleads),
    '',
    '## Options',
    '',
    ...writeOptions(detector),
    '',
    '## False alarms',
    '',
    'How often its p-value is at most so much in worlds in which nothing happens (`node bench/calibration.ts 2000`).',
    '',
    ...writeAlarms(alarms),
    '',
  ].join('\n')
  return [{ path: `${folder}/${name}.md`, text }, told.picture, left.picture]
}

/** A page for each detector, with its pictures, and the list of them. */
export function writeDetectorsReference(): readonly ReferencePage[] {
  const alarms = JSON.parse(readFileSync(alarmsFile, 'utf8')) as Readonly<Record<string, Alarms>>
  const rows = detectors.map(
    ({ name, shape, question }) => `| [\`${name}\`](detectors/${name}.md) | ${shapeWords[shape]} | ${question} |`,
  )
  const list = `${generatedNote}
# Detectors

Each sees numbers of one shape and answers *tested* (p-value, effect with range, since when, what was
expected) or *untestable* with a reason. Missing values and declared events are no evidence. Counts, shares with the rows behind them,
amounts and means have noise models of their own. A detector is here because its 5% is 5% or less; each page shows how often it cries
wolf, and where it is more.

Cycles ask \`outlier\`, \`level_shift\`, \`trend_change\` and \`trend\`, and of small tables \`peer_outlier\` and \`correlation\`. \`hunch detect\`
runs those that see a series, on a csv file. The others are there for what comes: nothing puts rows before them yet.

| detector | sees | asks |
|---|---|---|
${rows.join('\n')}
`
  const pages = examples.flatMap((one) => {
    const detector = detectors.find(({ name }) => name === one.detector)
    return detector ? writePage(detector, one, alarms[detector.name]) : []
  })
  return [{ path: 'docs/reference/detectors.md', text: list }, ...pages]
}
