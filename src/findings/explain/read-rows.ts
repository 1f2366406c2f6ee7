import type { Slice } from '../../hypotheses/hypothesis.ts'
import type { SliceSpace } from '../candidate.ts'

/** Rows of a slice by period; the metric, any of the space, says which parts to read where no scan is cut so. */
export const readRows = async (space: SliceSpace, metric: string, slice: Slice): Promise<Float64Array | undefined> =>
  (await space.rowsOf?.(slice)) ?? (await space.partsOf(metric, slice, slice))?.rows
