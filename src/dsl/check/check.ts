import type { Diagnostic, Source } from '../../base/diagnostic.ts'
import type { Catalog, Model } from '../../catalog/catalog.ts'
import { bindCondition } from '../bind/bind-aggregate.ts'
import { bindExpression } from '../bind/bind-expression.ts'
import { unknown } from '../bind/bound.ts'
import type { CompileContext } from '../exploration.ts'
import type { Place } from '../plan/builder.ts'
import { createNameBook, type NameBook } from '../plan/name-book.ts'
import { nothing } from '../steps/from.ts'
import { findStep } from '../steps/index.ts'
import type { CheckedStep } from '../steps/step.ts'
import { parseMeasure } from '../text/parse-measure.ts'
import { quoteName } from '../text/quote.ts'
import type { BlockHeading, Step, Tree } from '../tree/ast.ts'
import { listSections, listSteps, type Section } from '../tree/blocks.ts'
import { findSpan } from '../tree/spans.ts'
import { type CheckedBlock, createCheckedBlock } from './checked-block.ts'
import { type Checker, createReport, openRelation } from './checker.ts'
import { type BlockBook, noBlocks } from './find-block.ts'
import { isNothing, type Relation } from './relation.ts'
import { openRows, type Rows } from './rows.ts'

export interface CheckedTree {
  /** Blocks before the result. */
  readonly blocks: readonly CheckedBlock[]
  /** Steps of the result. */
  readonly steps: readonly CheckedStep[]
  readonly checker: Checker
  /** Blocks of the plan; filled while it is made. */
  readonly planned: Place['blocks']
  /** The rows after the last step. */
  readonly after: Relation
}

/** What a check needs of a compilation. */
export type CheckContext = Pick<CompileContext, 'catalog' | 'calendar' | 'asOf' | 'viewer'>

const fieldNames = new WeakMap<Catalog, ReadonlySet<string>>()

/** Names of all fields of a catalog in lower case, listed once. */
function listFieldNames(catalog: Catalog): ReadonlySet<string> {
  const known = fieldNames.get(catalog)
  if (known) return known
  const all = Object.values(catalog.models).flatMap(({ fields }) => Object.keys(fields))
  const names = new Set(all.map((name) => name.toLowerCase()))
  fieldNames.set(catalog, names)
  return names
}

/** Names that steps give to columns. */
function listWrittenNames(step: Step): readonly string[] {
  const named = (columns: readonly { readonly name?: string }[]) =>
    columns.flatMap(({ name }) => (name === undefined ? [] : [name]))
  switch (step.kind) {
    case 'add':
      return [step.name]
    case 'group':
      return named([...step.keys, ...step.measures])
    case 'show':
      return named(step.columns)
    case 'from_metrics':
      return [...step.metrics, ...named(step.by)]
    case 'repeat':
      return [step.name ?? step.every]
    case 'expand':
      return [step.name ?? step.path.parts.at(-1) ?? '']
    case 'join':
      return named(step.columns ?? [])
    default:
      return []
  }
}

/** A checker over a catalog; diagnostics are pushed to `kept`. */
export function createChecker(
  context: CheckContext,
  kept: Diagnostic[],
  source: Source | undefined,
  names: NameBook,
  blocks: BlockBook = noBlocks,
): Checker {
  const opening = new Set<Model>()
  const open = (model: Model): Rows => {
    const rows = openRows(model)
    if (opening.has(model) || model.policies.length === 0) return rows
    opening.add(model)
    const relation: Relation = { ...openRelation({ ...checker, open: () => rows }, model) }
    rows.scan.policies = model.policies.map(({ where }) => bindPolicy(where, model, relation, checker))
    opening.delete(model)
    return rows
  }
  const checker: Checker = {
    catalog: context.catalog,
    calendar: context.calendar,
    asOf: context.asOf,
    viewer: context.viewer,
    source,
    names,
    blocks,
    spanOf: findSpan,
    report: createReport(kept, source, findSpan),
    open,
    bind: bindExpression,
  }
  return checker
}

/** A policy's condition over a model's rows. What is wrong with it is said without a place in the exploration, once. */
function bindPolicy(text: string, model: Model, relation: Relation, checker: Checker) {
  const refuse: Checker['report'] = (node, { code, message, hint }) => {
    const isViewer = code === 'unknown-viewer'
    return checker.report(node, {
      code: isViewer ? code : 'broken-policy',
      message: isViewer
        ? `rows of \`${model.name}\` are shown to known viewers only: ${message}`
        : `a policy of \`${model.name}\` does not hold: ${message}`,
      hint: isViewer ? hint : 'Mend the catalog; `hunch check` shows the place.',
      span: undefined,
    })
  }
  const parsed = parseMeasure(text, 'policy')
  if (!parsed.ok)
    return refuse(model, { code: 'syntax', message: parsed.diagnostics[0]?.message ?? 'it cannot be read' })
  const own: Checker = { ...checker, isPolicy: true, report: refuse, spanOf: () => undefined }
  return bindCondition(parsed.value, { checker: own, relation, mode: 'row', across: false }) ?? unknown
}

/** Where a step may not stand. */
function checkPlace(steps: readonly Step[], at: number, checker: Checker): void {
  const step = steps[at]!
  const isFrom = step.kind === 'from' || step.kind === 'from_metrics' || step.kind === 'from_block'
  const before = steps[at - 1]?.kind
  if (isFrom !== (at === 0))
    checker.report(step, {
      code: 'from-first',
      message: isFrom ? '`from` is the first step' : 'an exploration starts with `from`',
      hint: isFrom
        ? 'Follow a relation, as in `account.plan`, to reach another model.'
        : 'Begin with `from` and a model, as in `from account`.',
    })
  else if (before === 'chart' || (before === 'test' && step.kind !== 'chart'))
    checker.report(step, {
      code: 'step-after-end',
      message: `nothing but \`chart\` follows \`test\`, and nothing follows \`chart\``,
      hint: 'Move the step up.',
    })
}

/** Checks the steps of one block, in order, each against the rows that the one before gives. */
function checkSteps(steps: readonly Step[], checker: Checker): Pick<CheckedBlock, 'steps' | 'after'> {
  const checked: CheckedStep[] = []
  let before: Relation = nothing
  for (const [at, step] of steps.entries()) {
    checkPlace(steps, at, checker)
    const one = findStep(step).check(step, before, checker)
    checked.push(one)
    before = step.kind === 'group' ? one.after : { ...one.after, grouping: undefined }
    // What cannot be started from makes every later step a mistake that is none.
    if (at === 0 && isNothing(before)) break
  }
  return { steps: checked, after: before }
}

/** What may not be in a block that others read. */
function checkBlock({ heading, steps }: Section, earlier: ReadonlyMap<string, CheckedBlock>, checker: Checker): void {
  if (!heading) return
  if (earlier.has(heading.name))
    checker.report(heading, {
      code: 'block-taken',
      message: `there is already a block \`${heading.name}\``,
      hint: 'Give each block a name of its own.',
    })
  const end = steps.find(({ kind }) => kind === 'test' || kind === 'chart')
  if (end)
    checker.report(end, {
      code: 'step-after-end',
      message: `\`${end.kind}\` ends an exploration, and \`${heading.name}\` is not its last block`,
      hint: 'Move it to the end of the last block.',
    })
}

/**
 * Checks all blocks, in order; a later one may read the rows of those above. Never throws on a tree that parsed. `isCut` says that the
 * text goes on, so that a block may be read further down.
 */
export function checkTree(
  tree: Tree,
  context: CheckContext,
  kept: Diagnostic[],
  { source, isCut = false }: { readonly source?: Source; readonly isCut?: boolean } = {},
): CheckedTree {
  const sections = listSections(tree)
  const written = listSteps(tree).flatMap(listWrittenNames)
  const headings = sections.flatMap(({ heading }) => (heading ? [heading] : []))
  const blockNames = headings.map(({ name }) => name)
  const names = createNameBook([...written, ...blockNames], listFieldNames(context.catalog))
  const earlier = new Map<string, CheckedBlock>()
  const planned: Place['blocks'] = []
  const used = new Set<string>()
  const book: BlockBook = { earlier, names: blockNames, used }
  const checker = createChecker(context, kept, source, names, book)
  for (const section of sections.slice(0, -1)) {
    checkBlock(section, earlier, checker)
    const name = section.heading?.name ?? ''
    const place = { step: section.first, names, blocks: planned }
    earlier.set(name, createCheckedBlock({ name, place, ...checkSteps(section.steps, checker) }))
  }
  const result = sections.at(-1)!
  if (result.heading && earlier.has(result.heading.name)) checkBlock({ ...result, steps: [] }, earlier, checker)
  const checked = checkSteps(result.steps, checker)
  for (const heading of isCut ? [] : headings)
    if (earlier.has(heading.name) && !used.has(heading.name)) reportUnused(heading, checker)
  return { blocks: [...earlier.values()], ...checked, checker, planned }
}

const reportUnused = (heading: BlockHeading, checker: Checker) =>
  checker.report(heading, {
    code: 'block-unused',
    severity: 'warning',
    message: `nothing reads the block \`${heading.name}\``,
    hint: `Read it further down, as \`from block ${quoteName(heading.name)}\`, or leave it out.`,
  })
