import type { Slice } from '../../hypotheses/hypothesis.ts'
import type { MeasureShape } from '../../hypotheses/series/measure-shape.ts'
import { identifySlice, type ScanTable } from '../../hypotheses/series/scan-table.ts'
import type { SliceSpace } from '../candidate.ts'
import { type Parts, toParts } from './parts.ts'

export interface SliceSpaceInput {
  readonly periods: readonly string[]
  readonly excluded: Uint8Array
  readonly season: number
  readonly shapes: Readonly<Record<string, MeasureShape>>
  /** Tables of the cycle's scans, by the fields they are cut by. */
  readonly findTable: (dimensions: readonly string[]) => Promise<ScanTable | undefined>
  /** Rows within `slice`, cut by `dimensions`. */
  readonly readWithin: (slice: Slice, dimensions: readonly string[]) => Promise<ScanTable | undefined>
}

/** The slices of a table by name, and the metrics that they have. */
interface Index {
  readonly slices: ReadonlyMap<string, ScanTable['slices'][number]>
  readonly metrics: readonly string[]
}

const indexTable = ({ slices, scan }: ScanTable): Index => ({
  slices: new Map(slices.map((one) => [identifySlice(one.slice), one])),
  metrics: scan.metrics,
})

/** Fields in an order of their own, so that one set of fields has one name. */
const name = (fields: readonly string[]): string => [...fields].sort().join('\n')

/** Looks slices up in scan tables; reads what no scan holds once, and keeps it. */
export function createSliceSpace(input: SliceSpaceInput): SliceSpace {
  const { periods, excluded, season, shapes } = input
  const indices = new Map<string, Promise<Index | undefined>>()
  const remember = (key: string, read: () => Promise<ScanTable | undefined>) => {
    const known = indices.get(key)
    if (known) return known
    const made = read().then((table) => table && indexTable(table))
    indices.set(key, made)
    return made
  }

  const lookUp = async (metric: string, slice: Slice, near: Slice) => {
    const fields = slice.map(({ field }) => field)
    if (slice.length <= 2) {
      const index = await remember(name(fields), () => input.findTable(fields))
      // a scan holds the metrics that are cut this way
      if (index?.metrics.includes(metric)) return { index, key: identifySlice(slice) }
    }
    const rest = slice.filter(({ field }) => !near.some((one) => one.field === field))
    const dimensions = rest.map(({ field }) => field)
    const index = await remember(`${identifySlice(near)}\n\n${name(dimensions)}`, () =>
      input.readWithin(near, dimensions),
    )
    return index && { index, key: identifySlice(rest) }
  }

  const partsOf = async (metric: string, slice: Slice, near: Slice): Promise<Parts | undefined> => {
    const shape = shapes[metric]
    const place = await lookUp(metric, slice, near)
    if (!shape || !place) return undefined
    const series = place.index.slices.get(place.key)
    const empty = new Float64Array(periods.length)
    return toParts({
      kind: shape.kind,
      values: series?.values[metric] ?? empty,
      weights: shape.weight === undefined ? undefined : (series?.weights[metric] ?? empty),
      rows: series?.rows ?? empty,
    })
  }
  const slicesBy = async (fields: readonly string[]): Promise<readonly Slice[]> => {
    const index = await remember(name(fields), () => input.findTable(fields))
    return index ? [...index.slices.values()].map(({ slice }) => slice) : []
  }
  const rowsOf = async (slice: Slice): Promise<Float64Array | undefined> => {
    const fields = slice.map(({ field }) => field)
    const index = await remember(name(fields), () => input.findTable(fields))
    const rows = index?.slices.get(identifySlice(slice))?.rows
    // periods without any are NaN in a table
    return index && Float64Array.from({ length: periods.length }, (_, at) => rows?.[at] || 0)
  }
  const addsUp = (metric: string): boolean => shapes[metric]?.isAdditive !== false
  return { periods, excluded, season, partsOf, rowsOf, slicesBy, addsUp }
}
