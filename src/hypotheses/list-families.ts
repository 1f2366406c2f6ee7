import type { Metric } from '../catalog/catalog.ts'
import type { Slice, SliceValue } from './hypothesis.ts'
import type { Sibling } from './series/build-cross-section.ts'
import { identifySlice, type ScanSlice, type ScanTable } from './series/scan-table.ts'
import { isShareOfRows } from './write/write-standing.ts'

/** Values of one field, all with the same other condition. */
export interface Family {
  readonly within: Slice
  readonly siblings: readonly Sibling[]
}

const isKnown = ({ value }: SliceValue): boolean => value !== null && value !== ''

/** Whether a measure is made from a field: it differs between that field's values by definition. */
const reads = ({ measure }: Metric, field: string): boolean =>
  new RegExp(`(^|[^\\w.])${field.replaceAll('.', '\\.')}([^\\w(]|$)`).test(measure)

/**
 * The families of a table's values that a metric is compared in: those of its one field, or of each of its two fields within each value
 * of the other. Where a count is asked as a part of each sibling's rows, siblings without any are among them.
 */
export function listFamilies(table: ScanTable, metric: Metric): readonly Family[] {
  const { slices, scan } = table
  if (scan.dimensions.some((field) => reads(metric, field))) return []
  return scan.dimensions.flatMap((field, at) => {
    const others = new Map(
      slices.map(({ slice }) => {
        const within = slice.filter((_, other) => other !== at)
        return [identifySlice(within), within] as const
      }),
    )
    return [...others]
      .filter(([, within]) => within.every(isKnown))
      .map(([key, within]): Family => {
        const inside = slices.filter(({ slice }) => identifySlice(slice.filter((_, other) => other !== at)) === key)
        const siblings = inside.map((slice) => ({ member: slice.slice[at]!, slice }))
        if (!isShareOfRows(metric, within)) return { within, siblings }
        return { within, siblings: withAllRows(table, field, at, metric.name, siblings) }
      })
  })
}

/** All values of a field with all their rows, beside what was counted of them. */
function withAllRows(
  { slices, periods }: ScanTable,
  field: string,
  at: number,
  metric: string,
  counted: readonly Sibling[],
): readonly Sibling[] {
  const all = new Map<string, { member: SliceValue; rows: Float64Array }>()
  for (const { slice, rows } of slices) {
    const member = slice[at]!
    const key = JSON.stringify(member.value)
    const entry = all.get(key) ?? { member, rows: new Float64Array(periods.length) }
    rows.forEach((count, place) => {
      if (Number.isFinite(count)) entry.rows[place] = entry.rows[place]! + count
    })
    all.set(key, entry)
  }
  const countedOf = new Map(counted.map(({ member, slice }) => [JSON.stringify(member.value), slice]))
  return [...all].map(([key, { member, rows }]) => {
    const values = countedOf.get(key)?.values[metric] ?? new Float64Array(periods.length).fill(Number.NaN)
    const slice: ScanSlice = {
      slice: [{ field, value: member.value }],
      rows,
      values: { [metric]: values },
      weights: {},
    }
    return { member, slice }
  })
}
