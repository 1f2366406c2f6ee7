import { z } from 'zod'
import { generatedNote, type ReferencePage } from '../base/reference-page.ts'
import type { AnyDetector } from './detector.ts'
import { detectors } from './index.ts'

interface OptionSchema {
  readonly default?: unknown
  readonly description?: string
  readonly minimum?: number
  readonly maximum?: number
}

function writeOptions({ options }: AnyDetector): readonly string[] {
  const { properties = {} } = z.toJSONSchema(options, { io: 'input' }) as { properties?: Record<string, OptionSchema> }
  return Object.entries(properties).map(
    ([name, { default: initial, description = '', minimum, maximum }]) =>
      `| \`${name}\` | ${String(initial)} | ${minimum ?? ''} to ${maximum ?? ''} | ${description} |`,
  )
}

const writeDetector = (detector: AnyDetector): string =>
  [
    `## \`${detector.name}\``,
    '',
    `*${detector.question}*`,
    '',
    detector.method,
    '',
    `Sees: ${detector.shape}. Needs ${detector.minimum} ${detector.minimumOf ?? 'points'}.`,
    '',
    '| option | default | range | meaning |',
    '|---|---|---|---|',
    ...writeOptions(detector),
    '',
  ].join('\n')

/** The reference page of all detectors, from their registry. */
export function writeDetectorsReference(): readonly ReferencePage[] {
  return [
    {
      path: 'docs/reference/detectors.md',
      text: `${generatedNote}
# Detectors

What a \`test\` step may name. Each sees a series of numbers and answers *tested* (p-value, effect with range, since when, expected
band) or *untestable* with a reason. Missing values and declared events are no evidence. Counts, shares with the rows behind them,
amounts and means have noise models of their own.

${detectors.map(writeDetector).join('\n')}`,
    },
  ]
}
