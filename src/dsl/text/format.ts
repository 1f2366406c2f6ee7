import { findStep } from '../steps/index.ts'
import type { BlockHeading, Commented, Header, Step, Tree } from '../tree/ast.ts'
import { formatParameter } from '../tree/parameters.ts'
import { quoteName, quoteText } from './quote.ts'

const formatComments = (comments: readonly string[] | undefined) =>
  (comments ?? []).map((comment) => (comment === '' ? '#' : `# ${comment}`))

function formatHeader({ title, asOf, timezone, params = [] }: Header): readonly string[] {
  return [
    title === undefined ? undefined : `title ${quoteText(title)}`,
    asOf === undefined ? undefined : `as of ${asOf}`,
    timezone === undefined ? undefined : `timezone ${timezone}`,
    ...params.map(formatParameter),
  ].filter((line) => line !== undefined)
}

/** A step on one line, without its comments. */
export const formatStep = (step: Step): string => findStep(step).format(step)

/** A line with the comments above and behind it. */
const formatLine = (line: string, { comments, note }: Commented): readonly string[] => [
  ...formatComments(comments),
  `${line}${note === undefined ? '' : ` # ${note}`.trimEnd()}`,
]

const formatBlock = (heading: BlockHeading | undefined, steps: readonly Step[]): readonly string[] => [
  ...(heading ? formatLine(`block ${quoteName(heading.name)}`, heading) : []),
  ...steps.flatMap((step) => formatLine(formatStep(step), step)),
]

/**
 * The canonical text of an exploration; `parse` gives the same tree back. One step a line, an empty line between blocks, a newline at
 * the end.
 */
export function format(tree: Tree): string {
  const lines = [
    ...formatComments(tree.comments),
    ...formatHeader(tree.header),
    ...(tree.blocks ?? []).flatMap((block) => [...formatBlock(block, block.steps), '']),
    ...formatBlock(tree.heading, tree.steps),
    ...formatComments(tree.closing),
  ]
  return `${lines.join('\n')}\n`
}
