import { describeShape } from '../base/check-shape.ts'
import { generatedNote, type ReferencePage } from '../base/reference-page.ts'
import { writeSchemaTable } from '../base/write-schema-page.ts'
import type { Detector } from './detector.ts'
import { detectors } from './index.ts'

/** The page of all detectors, from the registry. */
export function writeDetectorReference(): readonly ReferencePage[] {
  return [
    {
      path: 'docs/reference/detectors.md',
      text: `${generatedNote}
# Detectors

A detector is a statistical test over numbers of one shape. It says *tested*, with a p-value, the effect with its interval and since
when, or *untestable*, with a reason in words. Use one in an exploration, \`test level_shift signups over day\`, or on files,
\`hunch detect level_shift series.csv --time day --value signups\`.

${detectors.map(writeDetector).join('\n\n')}
`,
    },
  ]
}

function writeDetector({ name, shape, question, method, minimum, options }: Detector): string {
  const schema = describeShape(options)
  return [
    `## \`${name}\``,
    `**${question}**`,
    method,
    `Shape: ${shape}. Fewest points: ${minimum}.`,
    ...(Object.keys(schema.properties ?? {}).length > 0 ? [writeSchemaTable(schema)] : []),
  ].join('\n\n')
}
