import type { Diagnostic, Source } from '../base/diagnostic.ts'
import type { Catalog, Model } from '../catalog/catalog.ts'
import type { Step, Tree } from './ast.ts'
import { bindCondition } from './bind-aggregate.ts'
import { bindExpression } from './bind-expression.ts'
import { unknown } from './bound.ts'
import { type Checker, createReport, openRelation } from './checker.ts'
import type { CompileContext } from './exploration.ts'
import { createNameBook, type NameBook } from './name-book.ts'
import { parseMeasure } from './parse-measure.ts'
import type { Relation } from './relation.ts'
import { openRows, type Rows } from './rows.ts'
import { findSpan } from './spans.ts'
import type { CheckedStep } from './step.ts'
import { nothing } from './steps/from.ts'
import { findStep } from './steps/index.ts'

export interface CheckedTree {
  readonly steps: readonly CheckedStep[]
  readonly checker: Checker
  /** The rows after the last step. */
  readonly after: Relation
}

/** What a check needs of a compilation. */
export type CheckContext = Pick<CompileContext, 'catalog' | 'calendar' | 'asOf' | 'viewer'>

const fieldNames = new WeakMap<Catalog, readonly string[]>()

/** Names of all fields of a catalog, listed once. */
function listFieldNames(catalog: Catalog): readonly string[] {
  const known = fieldNames.get(catalog)
  if (known) return known
  const names = Object.values(catalog.models).flatMap(({ fields }) => Object.keys(fields))
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
  const own: Checker = { ...checker, report: refuse, spanOf: () => undefined }
  return bindCondition(parsed.value, { checker: own, relation, mode: 'row', across: false }) ?? unknown
}

/** Where a step may not stand. */
function checkPlace(steps: readonly Step[], at: number, checker: Checker): void {
  const step = steps[at]!
  const isFrom = step.kind === 'from' || step.kind === 'from_metrics'
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

/** Checks all steps, in order, each against the rows that the one before gives. Never throws on a tree that parsed. */
export function checkTree(tree: Tree, context: CheckContext, kept: Diagnostic[], source?: Source): CheckedTree {
  const names = createNameBook([...tree.steps.flatMap(listWrittenNames), ...listFieldNames(context.catalog)])
  const checker = createChecker(context, kept, source, names)
  const checked: CheckedStep[] = []
  let before: Relation = nothing
  for (const [at, step] of tree.steps.entries()) {
    checkPlace(tree.steps, at, checker)
    const one = findStep(step).check(step, before, checker)
    checked.push(one)
    before = step.kind === 'group' ? one.after : { ...one.after, grouping: undefined }
    // What cannot be started from makes every later step a mistake that is none.
    if (at === 0 && before === nothing) break
    if (at === 0 && one.after.columns.length === 0 && one.after.rows === undefined) break
  }
  return { steps: checked, checker, after: before }
}
