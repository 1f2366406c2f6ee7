import type { Bound } from '../bind/bound.ts'
import type { Scope } from '../check/checker.ts'
import { formatExpression } from '../text/format-expression.ts'
import type { Call } from '../tree/ast.ts'

const holdsAggregate = (bound: Bound): boolean =>
  bound.kind === 'aggregate' || (bound.kind === 'call' && bound.args.some(holdsAggregate))

const isQuotient = (bound: Bound, isPart: (part: Bound) => boolean): boolean =>
  bound.kind === 'call' &&
  (bound.fn === 'divide'
    ? bound.args.every(isPart)
    : bound.fn === 'multiply' && bound.args.some((arg) => isQuotient(arg, isPart)))

/** Whether a measure of a group is a ratio or an average: what its groups weigh is not to be seen in it. */
export const isRatioOfGroup = (bound: Bound): boolean =>
  (bound.kind === 'aggregate' && bound.call.fn === 'avg' && bound.call.over === undefined) ||
  isQuotient(bound, holdsAggregate)

/** Whether a new column of grouped rows is one column over another. */
export const isRatioOfRow = (bound: Bound): boolean => isQuotient(bound, ({ kind }) => kind === 'column')

/** Says that an average of ratios takes each group for as heavy as any other. */
export function warnOfRatio(node: Call, [value]: readonly Bound[], { checker }: Scope): void {
  if (node.name !== 'avg' || value?.kind !== 'column' || !value.isRatio) return
  const text = formatExpression(node)
  checker.report(node, {
    code: 'ratio-averaged',
    severity: 'warning',
    message: `\`${value.name}\` is a ratio or an average of each row, and \`${text}\` weighs all rows alike`,
    hint: 'Add up what it was worked out from and divide then, or take `weighted_avg` with what stands below the line.',
  })
}
