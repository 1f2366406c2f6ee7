import { formatDuration } from '../text/format-expression.ts'
import type { Binary, Duration, Expression } from '../tree/ast.ts'

/** A length of time beside a time: `3 days`, or as many as the row itself says: `slots * 30 minutes`. */
export interface Stretch {
  readonly node: Expression
  readonly duration: Duration
  /** How often; absent: once. */
  readonly times: Expression | undefined
}

export function readStretch(node: Expression): Stretch | undefined {
  if (node.kind === 'duration') return { node, duration: node, times: undefined }
  if (node.kind !== 'binary' || node.operator !== '*') return undefined
  const { left, right } = node
  if (right.kind === 'duration') return { node, duration: right, times: left }
  return left.kind === 'duration' ? { node, duration: left, times: right } : undefined
}

/** Whether one side of a sum or difference is a length of time, as in `created_at + 3 days`. */
export const isMoved = ({ operator, left, right }: Binary): boolean =>
  (operator === '+' || operator === '-') && [left, right].some((side) => readStretch(side) !== undefined)

/** `3 days after signed up`, `slots × 30 minutes before started`; undefined where no time is moved. */
export function describeMoved(node: Binary, describe: (one: Expression) => string): string | undefined {
  if (!isMoved(node)) return undefined
  const { left, right, operator } = node
  const behind = readStretch(right)
  const stretch = behind ?? readStretch(left)
  if (!stretch) return undefined
  const length = formatDuration(stretch.duration)
  const words = stretch.times ? `${describe(stretch.times)} × ${length}` : length
  return `${words} ${operator === '-' ? 'before' : 'after'} ${describe(behind ? left : right)}`
}
