import { floors } from '../choose-candidates.ts'
import { type Movement, type MovementInput, measureMovement } from './measure-movement.ts'

/** Days of a year that keep the days of the week where they are. */
export const yearDays = 364

/** How much of a movement has to have come a year before, by logarithms. */
const shareMin = 0.5
/** How clear that one has to be, in standard errors. What is told is five of them and more, so that half of it hardly comes by chance. */
const strengthMin = 2
/** Seasons with rows before last year's window, from which on something can be expected of it. */
const seasonsMin = 3

/** More than so many times as much, or less than such a part, is as good as from nothing, or to nothing: how many times says no more. */
const timesMax = 8
const sizeOf = ({ change }: Movement): number => Math.log(Math.min(timesMax, Math.max(1 / timesMax, 1 + change)))

/** In standard errors of this year: that one's own past may be short, and has the way to its summer in it. */
const strengthOf = (then: Movement, now: Movement): number => Math.abs(now.strength) * Math.sqrt(then.size / now.size)

function isSameMovement(now: Movement, then: Movement): boolean {
  const [size, before] = [sizeOf(now), sizeOf(then)]
  const isClear = then.extent >= Math.min(floors.change, shareMin * now.extent) && strengthOf(then, now) >= strengthMin
  return isClear && size * before > 0 && Math.abs(before) >= shareMin * Math.abs(size)
}

/** Whether there is enough of a table before a window to expect anything of it; `firstRow` is the first of its periods with rows. */
export const hasPast = ({ window, season }: Pick<MovementInput, 'window' | 'season'>, firstRow: number): boolean =>
  firstRow >= 0 && window.from - firstRow >= seasonsMin * season

/** Days of the month lie a day before days of the week, a year earlier: the end of a month, Christmas. */
const shifts = [0, 1] as const

/**
 * What a slice did in the same weeks, or on the same dates, a year before, if it is what it does now: it went the same way, at least half as far, and
 * clearly enough. Undefined where it did something else. `input` is of a year before.
 */
export function findYearBefore(now: Movement, input: MovementInput, firstRow: number): Movement | undefined {
  const excluded = input.excluded.map((isOut, at) => (at < firstRow ? 1 : isOut))
  const { from, to } = input.window
  for (const shift of input.season > 1 ? shifts : shifts.slice(0, 1)) {
    const then = measureMovement({ ...input, excluded, window: { from: from - shift, to: to - shift } })
    if (then && isSameMovement(now, then)) return then
  }
  return undefined
}
