import { invariant } from '../../base/invariant.ts'
import type { Cursor } from '../text/cursor.ts'
import type { Step } from '../tree/ast.ts'
import { add } from './add.ts'
import { append } from './append.ts'
import { chart } from './chart.ts'
import { compare } from './compare.ts'
import { expand } from './expand.ts'
import { fill } from './fill.ts'
import { from } from './from.ts'
import { fromBlock } from './from-block.ts'
import { fromMetric } from './from-metric.ts'
import { funnel } from './funnel.ts'
import { group } from './group.ts'
import { join } from './join.ts'
import { lifecycle } from './lifecycle.ts'
import { limit } from './limit.ts'
import { pivot } from './pivot.ts'
import { repeat } from './repeat.ts'
import { retention } from './retention.ts'
import { sample } from './sample.ts'
import { sessions } from './sessions.ts'
import { show } from './show.ts'
import { sort } from './sort.ts'
import type { StepDefinition } from './step.ts'
import { test } from './test.ts'
import { top } from './top.ts'
import { totals } from './totals.ts'
import { unique } from './unique.ts'
import { unpivot } from './unpivot.ts'
import { where } from './where.ts'

/**
 * Every step of the language, in the order of the reference page. A new step is one file and one line here; of two with the
 * same verb the more particular one stands first.
 */
export const steps: readonly StepDefinition[] = [
  fromMetric,
  fromBlock,
  from,
  where,
  add,
  group,
  totals,
  pivot,
  compare,
  sort,
  limit,
  top,
  show,
  unique,
  sample,
  unpivot,
  fill,
  repeat,
  expand,
  join,
  append,
  retention,
  funnel,
  lifecycle,
  sessions,
  test,
  chart,
]

const byVerb = Map.groupBy(steps, ({ verb }) => verb)
const byKind = new Map(steps.map((step) => [step.kind, step]))
/** Words that a line starts with; `block` names the steps below it. */
const verbs: ReadonlySet<string> = new Set([...steps.map(({ verb }) => verb), 'block'])

export const stepNames: readonly string[] = [...verbs]
export const isVerb = (word: string): boolean => verbs.has(word.toLowerCase())

/** The step that starts at the cursor. */
export function findVerb(cursor: Cursor): StepDefinition | undefined {
  const starts = (step: StepDefinition) => step.starts(cursor)
  return byVerb.get(cursor.peek()?.value.toLowerCase() ?? '')?.find(starts) ?? steps.find(starts)
}

/** The definition of a step in a tree. */
export function findStep({ kind }: Pick<Step, 'kind'>): StepDefinition {
  const definition = byKind.get(kind)
  invariant(definition, `a step of kind ${kind} is registered`)
  return definition
}
