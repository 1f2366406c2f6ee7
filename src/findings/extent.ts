import type { MeasureKind } from '../detectors/shapes.ts'

/** What was expected of some rows (or tries of a rate), as a total, and by which share it was missed. */
interface Expected {
  readonly expected: number
  readonly units: number
  readonly change: number
}

/**
 * What a movement is measured beside: what was expected, and of a rate that is more often so than not how often it is not. Success that falls from 97% to 94% is as
 * large as failures that double, whichever of them a team counts. Of a ratio of other counts (sessions a user) there is no rest.
 */
export const baseOf = (kind: MeasureKind, { expected, units }: Omit<Expected, 'change'>): number =>
  kind === 'ratio' && expected > units / 2 && expected < units ? units - expected : expected

/** A fiftieth is as good as nothing: what stopped has no logarithm. */
const leastLeft = 0.02

/** A relative change as a logarithm, so that a half and twice as much are as far. */
export const logOf = (change: number): number => Math.log(Math.max(leastLeft, 1 + change))

/** How far it moved as a logarithm, at least 0; of a rate by the outcome that is rarer. */
export function reachOf({
  kind,
  actual,
  ...moved
}: Expected & { readonly kind: MeasureKind; readonly actual: number }): number {
  const isOfRest = baseOf(kind, moved) !== moved.expected
  return Math.abs(logOf(isOfRest ? (moved.units - actual) / (moved.units - moved.expected) - 1 : moved.change))
}

/** By which share something moved, at least 0, beside `baseOf`. */
export function extentOf(kind: MeasureKind, moved: Expected): number {
  const { expected, change } = moved
  const base = baseOf(kind, moved)
  return Math.abs(base === expected ? change : (change * expected) / base)
}
