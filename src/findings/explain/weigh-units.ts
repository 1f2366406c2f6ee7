import { studentT } from '../../stats/student-t.ts'
import type { Movement } from './measure-movement.ts'

/** What a metric counts, or adds up, of one account or user in a window and in the weeks before it; of a rate or mean numerator and rows. */
export interface UnitRows {
  readonly inside: number
  readonly before: number
  readonly insideWeight: number
  readonly beforeWeight: number
}

/**
 * Standard errors, with accounts or users for the units, from which on a movement is more than their coming and going: as sure as the farthest of some hundred
 * values has to be, or of some thousand pairs.
 */
const strengthMin = 3.5
const strengthOfPairMin = 4.2
/** Of few units Student's t asks for much by itself (of five 5.5 standard errors for a strength of 3), and among few hardly any come and go. */
const strengthOfFewMin = 3
const fewEffective = 15
/** Fewer that count are hardly more than one. */
const effectiveMin = 1.5

const add = (units: readonly UnitRows[], read: (unit: UnitRows) => number): number =>
  units.reduce((sum, unit) => sum + read(unit), 0)

/** As many units of one size would say as much: 1 / Σ share² (Kish 1965). */
function countEffective(units: readonly UnitRows[], inside: keyof UnitRows, before: keyof UnitRows): number {
  const [after, earlier] = [add(units, (one) => Math.abs(one[inside])), add(units, (one) => Math.abs(one[before]))]
  const sides = Number(after > 0) + Number(earlier > 0)
  const shareOf = (one: UnitRows) =>
    ((after > 0 ? Math.abs(one[inside]) / after : 0) + (earlier > 0 ? Math.abs(one[before]) / earlier : 0)) / sides
  return 1 / add(units, (one) => shareOf(one) ** 2)
}

type Pace = Pick<Movement, 'actual' | 'expected'>

/** How far the sum moved, and its standard error: what each unit did in the window less what it did before, at the pace of all. */
function weighSum(units: readonly UnitRows[], { actual, expected }: Pace) {
  const [inside, before] = [add(units, (one) => one.inside), add(units, (one) => one.before)]
  // the sum is that of known units, the movement that of all rows; of what is gone so much was expected of each as of all
  const moved = actual > 0 ? inside * (1 - expected / actual) : before
  const pace = before > 0 ? inside / before : 0
  return { moved, squares: add(units, (one) => (one.inside - pace * one.before) ** 2) }
}

/** The same of a rate or mean: each unit's part in what it is in the window, less that in what it was before. */
function weighRate(units: readonly UnitRows[], { actual, expected }: Pace) {
  const [rows, earlier] = [add(units, (one) => one.insideWeight), add(units, (one) => one.beforeWeight)]
  const rate = rows > 0 ? add(units, (one) => one.inside) / rows : 0
  const usual = earlier > 0 ? add(units, (one) => one.before) / earlier : 0
  const partOf = (one: UnitRows) =>
    (rows > 0 ? (one.inside - rate * one.insideWeight) / rows : 0) -
    (earlier > 0 ? (one.before - usual * one.beforeWeight) / earlier : 0)
  return {
    moved: actual > 0 ? rate * (1 - expected / actual) : usual,
    squares: add(units, (one) => partOf(one) ** 2),
  }
}

/**
 * Whether a movement is more than what accounts or users who come and go make by chance. Each is one piece of evidence, however many rows there are of it: the
 * standard error is that of a ratio of two totals over units (linearised, Liang and Zeger 1986; Cochran 1977, 6.4), with as many degrees of freedom as units of one size
 * would have. Where all do the same it is small, and large where one that began makes it all.
 */
export function isMoreThanChance(
  units: readonly UnitRows[],
  movement: Pace,
  { isRate, conditions }: { readonly isRate: boolean; readonly conditions: number },
): boolean {
  const effective = isRate
    ? countEffective(units, 'insideWeight', 'beforeWeight')
    : countEffective(units, 'inside', 'before')
  if (!(effective >= effectiveMin)) return false
  const { moved, squares } = isRate ? weighRate(units, movement) : weighSum(units, movement)
  const error = Math.sqrt((squares * effective) / (effective - 1))
  if (!(error > 0)) return moved !== 0
  const strength = studentT.toNormal(Math.abs(moved) / error, Math.max(1, effective - 1))
  if (effective < fewEffective) return strength >= strengthOfFewMin
  return strength >= (conditions > 1 ? strengthOfPairMin : strengthMin)
}
