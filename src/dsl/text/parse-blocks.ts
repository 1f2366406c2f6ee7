import { createDiagnostic, type Diagnostic, type Source, type Span } from '../../base/diagnostic.ts'
import type { Block, BlockHeading, Step, Tree } from '../tree/ast.ts'
import { findSpan, placeNode } from '../tree/spans.ts'
import type { Cursor } from './cursor.ts'
import { foreign } from './parse-foreign.ts'
import { quoteName } from './quote.ts'
import type { Token } from './tokens.ts'

/** Steps between two `block` lines, as they are read. */
interface Section {
  readonly heading: BlockHeading | undefined
  readonly steps: Step[]
}

/** Whether a line is `block <name>`, or `with <name> as` of SQL: it names the steps below. */
export function isHeading([verb, name, ...rest]: readonly Token[]): boolean {
  if (verb?.kind !== 'word' || (name?.kind !== 'word' && name?.kind !== 'name')) return false
  if (verb.value.toLowerCase() === 'with')
    return rest[0]?.kind === 'word' && rest[0].value.toLowerCase() === 'as' && rest.length === 1
  if (verb.value.toLowerCase() !== 'block') return false
  return rest.length === 0 || (rest.length === 1 && rest[0]?.value === ':')
}

/** The name on a `block` line. */
export function readHeading(cursor: Cursor): BlockHeading {
  const start = cursor.mark()
  const verb = cursor.take()
  const name = cursor.take()?.value ?? ''
  if (cursor.acceptWord('as')) {
    const text = `block ${quoteName(name)}`
    const span = cursor.spanFrom(start)
    cursor.report(foreign('steps are named by `block`', `${verb?.value} ${name} as → ${text}`, span, text))
  }
  const colon = cursor.peek()?.span
  if (colon && cursor.acceptSymbol(':'))
    cursor.report({
      code: 'trailing-mark',
      message: 'nothing follows the name of a block',
      hint: 'Write `block` and the name alone.',
      span: colon,
      fixes: [{ title: 'mark at the end of the line left out', span: colon, text: '' }],
    })
  return cursor.place(start, { name })
}

const isFrom = ({ kind }: Step): boolean => kind === 'from' || kind === 'from_metrics' || kind === 'from_block'

/** Collects steps under the `block` lines above them. */
export function startSections() {
  const sections: Section[] = [{ heading: undefined, steps: [] }]
  const open = (heading: BlockHeading | undefined) => sections.push({ heading, steps: [] })
  return {
    sections,
    hasSteps: () => sections.length > 1 || sections[0]!.steps.length > 0,
    addHeading: open,
    /** Behind a `block` line further up, a second `from` starts the result, which needs no name. */
    addStep: (step: Step) => {
      const isNamed = sections.length > 1
      if (isNamed && isFrom(step) && sections.at(-1)!.steps.length > 0) open(undefined)
      sections.at(-1)!.steps.push(step)
    },
  }
}

type Parts = Pick<Tree, 'blocks' | 'heading' | 'steps'>

/** The last section is the result; those above need a name to be read by, and all of them steps. */
export function arrangeBlocks(all: readonly Section[], source: Source, diagnostics: Diagnostic[]): Parts {
  const isWhole = diagnostics.length === 0
  const sections = all.filter(({ heading, steps }, at) => heading || steps.length > 0 || at === all.length - 1)
  const blocks: Block[] = []
  for (const { heading, steps } of sections.slice(0, -1)) {
    if (!heading) diagnostics.push(refuseUnnamed(steps[0]!, source))
    else if (steps.length === 0 && isWhole) diagnostics.push(refuseEmpty(heading, source))
    else blocks.push(place({ ...heading, steps: Object.freeze(steps) }, findSpan(heading)))
  }
  const { heading, steps } = sections.at(-1)!
  if (heading && steps.length === 0 && isWhole) diagnostics.push(refuseEmpty(heading, source))
  return {
    ...(blocks.length > 0 ? { blocks: Object.freeze(blocks) } : {}),
    ...(heading ? { heading } : {}),
    steps: Object.freeze(steps),
  }
}

const place = <T extends object>(node: T, span: Span | undefined): T => (span ? placeNode(node, span) : node)

const refuseUnnamed = (step: Step, source: Source): Diagnostic =>
  createDiagnostic({
    code: 'block-unnamed',
    message: 'these steps are neither a named block nor the result',
    hint: 'Write `block <name>` above them, so that a later block can read them.',
    source,
    span: findSpan(step),
  })

const refuseEmpty = (heading: BlockHeading, source: Source): Diagnostic =>
  createDiagnostic({
    code: 'block-empty',
    message: `the block \`${heading.name}\` has no steps`,
    hint: 'Write its steps below, from `from` on.',
    source,
    span: findSpan(heading),
  })
