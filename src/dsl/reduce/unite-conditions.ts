import { hasOver } from '../emit/build-over.ts'
import { type Part, unitePart } from '../emit/merge-inputs.ts'
import type { Expression, Lookup, Measure, Node } from '../plan/plan.ts'
import { call, isCount } from './parts.ts'

/** What is grouped, and the conditions of which one holds for each of its rows where they are in its measures, too. */
export interface Conditional {
  readonly part: Part
  readonly anyOf?: readonly Expression[]
}

/** Aggregates that are as fast under a condition of their own as over fewer rows. */
const conditional: ReadonlySet<string> = new Set(['count', 'count_distinct', 'sum', 'avg', 'min', 'max'])

/** Whether a column says the same of a group without rows as of no group: nought where it counts, else nothing. */
function isAlike({ columns }: Lookup, { name, aggregate, per, over }: Measure): boolean {
  if (per || over || !conditional.has(aggregate.fn)) return false
  const own = columns.filter(({ from }) => from === name)
  return own.every(({ orElse }) => (isCount(aggregate) ? orElse?.value === 0 : orElse === undefined))
}

/** Whether the values of a look-up are the same from groups of more rows, with its condition in its measures. */
export const mayWiden = (link: Lookup, { grouping, extends: added }: Part): boolean =>
  added.length === 0 && grouping.measures.every((measure) => isAlike(link, measure))

const withInput = (part: Part, input: Node): Part => ({ ...part, grouping: { ...part.grouping, input } })

/** `given` over the rows without its last condition, which goes into its measures; undefined where it has none. */
function widen({ part, anyOf }: Conditional): Required<Conditional> | undefined {
  const { input, measures } = part.grouping
  if (input.op !== 'filter' || hasOver(input.where)) return undefined
  if (anyOf) return { part: withInput(part, input.input), anyOf }
  const { where: condition } = input
  const own = measures.map((measure): Measure => {
    const { where } = measure.aggregate
    return { ...measure, aggregate: { ...measure.aggregate, where: where ? call('and', condition, where) : condition } }
  })
  return { part: { ...part, grouping: { ...part.grouping, input: input.input, measures: own } }, anyOf: [condition] }
}

/**
 * One grouping of the rows of both, which their conditions tell apart: they go into the measures, and what meets none of them is not read.
 * Undefined where the rows differ by more than a last condition.
 */
export function uniteConditions(one: Conditional, other: Conditional): Conditional | undefined {
  const [wideOne, wideOther] = [widen(one), widen(other)]
  for (const [left, right] of [
    [wideOne, other],
    [one, wideOther],
  ]) {
    const part = left && right && unitePart(left.part, right.part)
    if (part) return { part }
  }
  const part = wideOne && wideOther && unitePart(wideOne.part, wideOther.part)
  if (!part) return undefined
  const anyOf = [...wideOne.anyOf, ...wideOther.anyOf]
  const { step, input } = part.grouping
  return { part: withInput(part, { op: 'filter', step, input, where: call('or', ...anyOf) }), anyOf }
}
