import type { Shift } from './scan-shifts.ts'

/** Ends this near to each other are one place. */
const slack = 2
/** Changes of the same direction that differ less than by this factor are one level. */
const factorMax = 2

/**
 * Shifts that follow each other to nearly the same level are one that lasts longer, found in parts because both ends vary. `sizes` are
 * their fitted changes of the predictor, in the same order.
 */
export function mergeShifts(shifts: readonly Shift[], sizes: ArrayLike<number>): readonly Shift[] {
  const order = shifts.map((shift, k) => ({ shift, size: sizes[k]! })).sort((a, b) => a.shift.from - b.shift.from)
  const merged: { shift: Shift; size: number }[] = []
  for (const next of order) {
    const last = merged.at(-1)
    const ratio = last ? last.size / next.size : 0
    if (!last || Math.abs(last.shift.to - next.shift.from) > slack || ratio < 1 / factorMax || ratio > factorMax) {
      merged.push(next)
      continue
    }
    const stronger = last.shift.pValue <= next.shift.pValue ? last : next
    merged[merged.length - 1] = {
      shift: { ...stronger.shift, from: last.shift.from, to: next.shift.to },
      size: stronger.size,
    }
  }
  return merged.map(({ shift }) => shift)
}
