import type { Conversion } from '../shapes.ts'

const likenessMax = 0.999

/**
 * How alike the entrants of one unit are: the correlation of two of them (intraclass correlation), 0..1, by analysis of variance
 * within groups (Donner 1986, "A review of inference procedures for the intraclass correlation coefficient"). 0 where every unit has
 * one entrant or the units differ less than chance lets expect. Units without entrants must be left out.
 */
export function measureLikeness(groups: readonly (readonly Conversion[])[]): number {
  let [between, within, entered, units, square] = [0, 0, 0, 0, 0]
  for (const group of groups) {
    let [inGroup, converted, squareInGroup] = [0, 0, 0]
    for (const unit of group) {
      inGroup += unit.entered
      converted += unit.converted
    }
    const share = converted / inGroup
    for (const unit of group) {
      const own = unit.converted / unit.entered
      between += unit.entered * (own - share) ** 2
      within += unit.entered * own * (1 - own)
      squareInGroup += unit.entered ** 2
    }
    entered += inGroup
    units += group.length
    square += squareInGroup / inGroup
  }
  const freedom = units - groups.length
  if (freedom < 1 || entered <= units) return 0
  const meanBetween = between / freedom
  const meanWithin = within / (entered - units)
  const typical = (entered - square) / freedom
  const likeness = (meanBetween - meanWithin) / (meanBetween + (typical - 1) * meanWithin)
  return Number.isFinite(likeness) ? Math.min(likenessMax, Math.max(0, likeness)) : 0
}
