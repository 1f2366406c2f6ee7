import type { BlockHeading, Step, Tree } from './ast.ts'

/** A block as one of all, the result among them. */
export interface Section {
  readonly heading: BlockHeading | undefined
  readonly steps: readonly Step[]
  /** Index of its first step among all steps of the text. */
  readonly first: number
}

/** All blocks in the order of the text; the last one gives the result. */
export function listSections({ blocks = [], heading, steps }: Tree): readonly Section[] {
  let first = 0
  return [...blocks.map((block) => ({ heading: block, steps: block.steps })), { heading, steps }].map((section) => {
    const from = first
    first += section.steps.length
    return { ...section, first: from }
  })
}

/** Steps of all blocks in the order of the text: what a step's number counts. */
export const listSteps = (tree: Tree): readonly Step[] => listSections(tree).flatMap(({ steps }) => steps)

/** The exploration up to a step, counted through all blocks, for looking at what that one gives. */
export function cutTree(tree: Tree, upToStep: number | undefined): Tree {
  if (upToStep === undefined) return tree
  const sections = listSections(tree)
  const at = sections.findIndex(({ first, steps }) => upToStep < first + steps.length)
  const section = sections[at]
  if (!section) return tree
  const { heading, blocks: _blocks, ...rest } = tree
  const blocks = tree.blocks?.slice(0, at) ?? []
  const own = section.heading && { name: section.heading.name }
  return {
    ...rest,
    ...(blocks.length > 0 ? { blocks } : {}),
    ...(own ? { heading: section.heading === heading ? heading : own } : {}),
    steps: section.steps.slice(0, upToStep - section.first + 1),
  }
}
