import { addLazy } from '../../base/add-lazy.ts'
import { accept, type Diagnostic, isError, type Outcome, type Source } from '../../base/diagnostic.ts'
import { invariant } from '../../base/invariant.ts'
import { type CheckedTree, checkTree } from '../check/check.ts'
import { lowerSteps } from '../check/checked-block.ts'
import type { Checker } from '../check/checker.ts'
import { findOrder } from '../check/ordering.ts'
import { readColumn } from '../check/relation.ts'
import type { CompileContext, StepView } from '../exploration.ts'
import { format, formatStep } from '../text/format.ts'
import { parse } from '../text/parse.ts'
import { repair } from '../text/repair.ts'
import { dslVersion, type Header, type Tree } from '../tree/ast.ts'
import { cutTree, listSections, listSteps } from '../tree/blocks.ts'
import { applyParameters, giveParameters } from '../tree/parameters.ts'
import { knownType, lowerExpression } from './lower-expression.ts'
import type { Column, Plan } from './plan.ts'

export interface Planned {
  /** With `as of` pinned. */
  readonly tree: Tree
  readonly plan: Plan
  readonly columns: readonly Column[]
  /** Every step as text and in words: worked out when it is first read. */
  readonly steps: readonly StepView[]
  readonly asOf: string
  readonly fixes: readonly string[]
}

/** What a compilation needs but the dialect, which only the last stage knows. */
export type PlanContext = Omit<CompileContext, 'dialect'>

interface Reading {
  readonly tree: Tree | undefined
  readonly checked: CheckedTree | undefined
  readonly diagnostics: readonly Diagnostic[]
  readonly context: PlanContext
}

/** Header lines win over what the caller gives. */
function applyHeader({ header }: Tree, context: PlanContext): PlanContext {
  const { asOf = context.asOf, timezone } = header
  return { ...context, asOf, calendar: timezone === undefined ? context.calendar : { ...context.calendar, timezone } }
}

/** A parameter that changes nothing is likely one that was forgotten. */
function reportUnused({ params = [] }: Header, used: ReadonlySet<string>, checker: Checker): void {
  for (const param of params.filter(({ name }) => !used.has(name)))
    checker.report(param, {
      code: 'parameter-unused',
      severity: 'warning',
      message: `no step uses the parameter \`${param.name}\``,
      hint: 'Name it in a condition, or leave its line out.',
    })
}

function read(source: Source, context: PlanContext): Reading {
  const parsed = parse(source.text, source.name)
  if (!parsed.ok) return { tree: undefined, checked: undefined, diagnostics: parsed.diagnostics, context }
  const own = applyHeader(parsed.value, context)
  const diagnostics: Diagnostic[] = [...parsed.diagnostics]
  const header = giveParameters(parsed.value.header, context.parameters, source, diagnostics)
  const tree = header === parsed.value.header ? parsed.value : { ...parsed.value, header }
  const shown = cutTree(tree, context.upToStep)
  const isCut = shown !== tree
  const given = applyParameters(shown)
  const checked = checkTree(given.tree, own, diagnostics, { source, isCut })
  if (!isCut) reportUnused(header, given.used, checked.checker)
  return { tree, checked, diagnostics, context: own }
}

/** What is wrong with a text as it stands, each mistake with its fixes: nothing is mended. For editors, where the writer decides. */
export const diagnose = (source: Source, context: PlanContext): readonly Diagnostic[] =>
  read(source, context).diagnostics

function lower(tree: Tree, checked: CheckedTree, { calendar }: PlanContext): Plan {
  const { after, checker, planned: blocks } = checked
  const order = findOrder(after, { checker })
  // Visible columns are read from the model where they still are.
  const values = after.columns.map((column) => readColumn(column, after, checker.names))
  const builder = lowerSteps(checked.steps, { step: listSections(tree).at(-1)!.first, names: checker.names, blocks })
  for (const value of values) lowerExpression(value, builder)
  return {
    dsl: dslVersion,
    root: builder.node(),
    ...(blocks.length > 0 ? { blocks } : {}),
    columns: after.columns.map(({ name, type, unit }) => ({
      name,
      type: knownType(type),
      ...(unit === undefined ? {} : { unit }),
    })),
    order,
    calendar,
    steps: listSteps(tree).map(formatStep),
  }
}

/** Every step as text and in words, with the name of its block where there are several. */
function viewSteps(tree: Tree, { blocks, steps }: CheckedTree): readonly StepView[] {
  const checked = [...blocks.flatMap((block) => block.steps), ...steps]
  const views = listSections(tree).flatMap(({ heading, steps: own }) =>
    own.map((step) => ({ step, block: heading?.name })),
  )
  invariant(checked.length === views.length, 'every step was checked')
  return views.map(({ step, block }, at) => ({
    text: formatStep(step),
    sentence: checked[at]!.describe(),
    ...(block === undefined ? {} : { block }),
  }))
}

/**
 * From text or tree to a relational plan: parse, mend what has one fix, check, lower. A tree is compiled as its canonical text, so
 * that diagnostics have a place. Only diagnostics for what somebody wrote; never throws on any text.
 */
export function planExploration(
  source: string | Tree,
  context: PlanContext,
  sourceName = 'exploration',
): Outcome<Planned> {
  const text = typeof source === 'string' ? source : format(source)
  const { result, fixes } = repair(text, (mended) => read({ name: sourceName, text: mended }, context))
  const { tree, checked, diagnostics, context: own } = result
  if (!tree || !checked || diagnostics.some(isError)) return { ok: false, diagnostics }
  const shown = cutTree(tree, context.upToStep)
  const plan = lower(shown, checked, own)
  const pinned: Tree = { ...shown, header: { ...shown.header, asOf: own.asOf } }
  const planned = { tree: pinned, plan, columns: plan.columns, asOf: own.asOf, fixes }
  const spoken = { steps: () => viewSteps(shown, checked) }
  return accept(addLazy<typeof planned, Pick<Planned, 'steps'>>(planned, spoken), diagnostics)
}
