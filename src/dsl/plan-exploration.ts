import { accept, type Diagnostic, isError, type Outcome, type Source } from '../base/diagnostic.ts'
import { invariant } from '../base/invariant.ts'
import { dslVersion, type Tree } from './ast.ts'
import { type CheckedTree, checkTree } from './check.ts'
import type { CompileContext, StepView } from './exploration.ts'
import { format, formatStep } from './format.ts'
import { knownType, lowerExpression, moveToStep, startBuilder } from './lower-expression.ts'
import { findOrder } from './ordering.ts'
import { parse } from './parse.ts'
import type { Column, Plan } from './plan.ts'
import { type RelationColumn, toBound } from './relation.ts'
import { repair } from './repair.ts'
import { useColumn } from './rows.ts'

export interface Planned {
  /** With `as of` pinned. */
  readonly tree: Tree
  readonly plan: Plan
  readonly columns: readonly Column[]
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

/** The tree up to a step, for looking at what it gives. */
const cutTree = (tree: Tree, upToStep: number | undefined): Tree =>
  upToStep === undefined || upToStep >= tree.steps.length - 1
    ? tree
    : { ...tree, steps: tree.steps.slice(0, upToStep + 1) }

/** Header lines win over what the caller gives. */
function applyHeader({ header }: Tree, context: PlanContext): PlanContext {
  const { asOf = context.asOf, timezone } = header
  return { ...context, asOf, calendar: timezone === undefined ? context.calendar : { ...context.calendar, timezone } }
}

function read(source: Source, context: PlanContext): Reading {
  const parsed = parse(source.text, source.name)
  if (!parsed.ok) return { tree: undefined, checked: undefined, diagnostics: parsed.diagnostics, context }
  const own = applyHeader(parsed.value, context)
  const diagnostics: Diagnostic[] = [...parsed.diagnostics]
  const checked = checkTree(cutTree(parsed.value, context.upToStep), own, diagnostics, source)
  return { tree: parsed.value, checked, diagnostics, context: own }
}

/** What is wrong with a text as it stands, each mistake with its fixes: nothing is mended. For editors, where the writer decides. */
export const diagnose = (source: Source, context: PlanContext): readonly Diagnostic[] =>
  read(source, context).diagnostics

/** The visible columns of the last step, read from the model where they still are. */
function exportColumns(columns: readonly RelationColumn[], { after, checker }: CheckedTree) {
  return columns.map((column) =>
    after.rows && column.physical !== undefined
      ? useColumn(after.rows, column.physical, checker.names)
      : toBound(column),
  )
}

function lower(tree: Tree, checked: CheckedTree, { calendar }: PlanContext): Plan {
  const { after, checker } = checked
  const order = findOrder(after, { checker })
  const values = exportColumns(after.columns, checked)
  const builder = startBuilder({ op: 'zip', step: 0, inputs: [], keys: [] }, 0, checker.names)
  for (const [at, step] of checked.steps.entries()) step.lower(moveToStep(builder, at))
  for (const value of values) lowerExpression(value, builder)
  return {
    dsl: dslVersion,
    root: builder.node(),
    columns: after.columns.map(({ name, type, unit }) => ({
      name,
      type: knownType(type),
      ...(unit === undefined ? {} : { unit }),
    })),
    order,
    calendar,
    steps: tree.steps.map(formatStep),
  }
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
  invariant(checked.steps.length === shown.steps.length, 'every step was checked')
  const pinned: Tree = { ...shown, header: { ...shown.header, asOf: own.asOf } }
  const steps = shown.steps.map((step, at) => ({
    text: formatStep(step),
    sentence: checked.steps[at]?.describe() ?? '',
  }))
  return accept({ tree: pinned, plan, columns: plan.columns, steps, asOf: own.asOf, fixes }, diagnostics)
}
