/** Chance that is the same on every machine: a whole number below `sides`. */
export type Dice = (sides: number) => number

export function createDice(seed: number): Dice {
  let state = (seed ^ 0x9e3779b9) >>> 0
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
}

export const pick = <T>(dice: Dice, values: readonly T[]): T => values[dice(values.length)]!

/** True once in `sides`. */
export const happens = (dice: Dice, sides: number): boolean => dice(sides) === 0
