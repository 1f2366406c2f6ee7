import type { OneSample, TwoSamples } from '../shapes.ts'
import type { CodedRows } from './code-rows.ts'

/**
 * Rows counted by piece and column. A piece is what one unit has in one sample; columns are bins of numbers in order, or categories.
 * The counts of piece `p` are at `start[p]`..`start[p + 1]`.
 */
export interface Tally {
  readonly isOrdered: boolean
  readonly columns: number
  readonly pieces: number
  /** 0 or 1. */
  readonly sample: Uint8Array
  /** Piece of the same unit in the other sample; −1 where it has none. */
  readonly partner: Int32Array
  readonly rows: Float64Array
  readonly start: Int32Array
  readonly column: Int32Array
  readonly count: Float64Array
}

/** Counts the rows of two samples by unit and column. Rows without a unit are units of their own. */
export function tallySamples({ first, second }: TwoSamples, { codes, labels, isOrdered }: CodedRows): Tally {
  const pieces: { sample: 0 | 1; unit: number | undefined; counts: Map<number, number>; rows: number }[] = []
  const places: [Map<number, number>, Map<number, number>] = [new Map(), new Map()]
  const addRow = (sample: 0 | 1, unit: number | undefined, column: number) => {
    let place = unit === undefined ? undefined : places[sample].get(unit)
    if (place === undefined) {
      place = pieces.length
      pieces.push({ sample, unit, counts: new Map(), rows: 0 })
      if (unit !== undefined) places[sample].set(unit, place)
    }
    const piece = pieces[place]!
    piece.rows++
    piece.counts.set(column, (piece.counts.get(column) ?? 0) + 1)
  }
  const both: readonly OneSample[] = [first, second]
  both.forEach(({ units }, at) => {
    const sample = at === 0 ? 0 : 1
    codes[sample].forEach((column, row) => {
      addRow(sample, units?.[row], column)
    })
  })
  const entries = pieces.flatMap(({ counts }) => [...counts].toSorted(([a], [b]) => a - b))
  const start = new Int32Array(pieces.length + 1)
  pieces.forEach(({ counts }, at) => {
    start[at + 1] = start[at]! + counts.size
  })
  return {
    isOrdered,
    columns: labels.length,
    pieces: pieces.length,
    sample: Uint8Array.from(pieces, ({ sample }) => sample),
    partner: Int32Array.from(pieces, ({ sample, unit }) =>
      unit === undefined ? -1 : (places[sample === 0 ? 1 : 0].get(unit) ?? -1),
    ),
    rows: Float64Array.from(pieces, ({ rows }) => rows),
    start,
    column: Int32Array.from(entries, ([column]) => column),
    count: Float64Array.from(entries, ([, count]) => count),
  }
}
