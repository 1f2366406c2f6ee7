import type { Header, Step, Tree } from './ast.ts'
import { quoteText } from './quote.ts'
import { findStep } from './steps/index.ts'

const formatComments = (comments: readonly string[] | undefined) =>
  (comments ?? []).map((comment) => (comment === '' ? '#' : `# ${comment}`))

function formatHeader({ title, asOf, timezone }: Header): readonly string[] {
  return [
    title === undefined ? undefined : `title ${quoteText(title)}`,
    asOf === undefined ? undefined : `as of ${asOf}`,
    timezone === undefined ? undefined : `timezone ${timezone}`,
  ].filter((line) => line !== undefined)
}

/** A step on one line, without its comments. */
export const formatStep = (step: Step): string => findStep(step).format(step)

/** The canonical text of an exploration; `parse` gives the same tree back. One step a line, a newline at the end. */
export function format(tree: Tree): string {
  const lines = [
    ...formatComments(tree.comments),
    ...formatHeader(tree.header),
    ...tree.steps.flatMap((step) => [
      ...formatComments(step.comments),
      `${formatStep(step)}${step.note === undefined ? '' : ` # ${step.note}`.trimEnd()}`,
    ]),
    ...formatComments(tree.closing),
  ]
  return `${lines.join('\n')}\n`
}
