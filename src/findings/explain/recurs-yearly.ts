import { floors } from '../choose-candidates.ts'
import { type Movement, type MovementInput, measureMovement } from './measure-movement.ts'

/** Days of a year that keep the days of the week where they are. */
export const yearDays = 364

/** How much of a movement has to have come a year before, by logarithms. */
const shareMin = 0.5
/** How clear that one has to be, in standard errors. What is told is five of them and more, so that half of it hardly comes by chance. */
const strengthMin = 1.5
/** Seasons with rows before last year's window, from which on something can be expected of it. */
const seasonsMin = 8

/** What stopped has no logarithm. */
const changeMin = -0.98
const sizeOf = ({ change }: Movement): number => Math.log1p(Math.max(changeMin, change))

/** In standard errors of this year: that one's own past may be short, and has the way to its summer in it. */
const strengthOf = (then: Movement, now: Movement): number => Math.abs(now.strength) * Math.sqrt(then.size / now.size)

function isSameMovement(now: Movement, then: Movement): boolean {
  const [size, before] = [sizeOf(now), sizeOf(then)]
  const isClear = Math.abs(then.change) >= floors.change && strengthOf(then, now) >= strengthMin
  return isClear && size * before > 0 && Math.abs(before) >= shareMin * Math.abs(size)
}

/** Whether there is enough of a table before a window to expect anything of it; `firstRow` is the first of its periods with rows. */
export const hasPast = ({ window, season }: Pick<MovementInput, 'window' | 'season'>, firstRow: number): boolean =>
  firstRow >= 0 && window.from - firstRow >= seasonsMin * season

/**
 * What a slice did in the same weeks a year before, if it is what it does now: it went the same way, at least half as far, and clearly enough.
 * Undefined where it did something else. `input` is of a year before.
 */
export function findYearBefore(now: Movement, input: MovementInput, firstRow: number): Movement | undefined {
  const excluded = input.excluded.map((isOut, at) => (at < firstRow ? 1 : isOut))
  const then = measureMovement({ ...input, excluded })
  return then && isSameMovement(now, then) ? then : undefined
}
