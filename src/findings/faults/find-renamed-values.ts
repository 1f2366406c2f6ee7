import type { Catalog } from '../../catalog/catalog.ts'
import { findField } from '../../hypotheses/data/find-field.ts'
import type { Slice, SliceValue } from '../../hypotheses/hypothesis.ts'
import { testIndependence } from '../../stats/chi-square-test.ts'
import type { SliceSpace } from '../candidate.ts'
import { readRows } from '../explain/read-rows.ts'
import type { RenamedValue } from './data-fault.ts'
import { findRenames, type Rename, type ValueRows } from './find-renames.ts'

/** Where the old and the new value differ in another field as surely and as much as this, they are two things. */
const profilePMax = 0.001
const profileV = 0.15
/** Seasons before the change that say what the old value was like. */
const profileSeasons = 8

export interface RenameSearch {
  readonly catalog: Catalog
  readonly space: SliceSpace
  readonly model: string
  /** Any metric of the space: it is rows that are looked at. */
  readonly metric: string
  readonly field: string
  /** Fields in which the two names must be alike, where a scan is cut by both. */
  readonly others: readonly string[]
}

/** Names of values of a field that changed: found in the rows by that field, and checked against those by others. */
export async function findRenamedValues(search: RenameSearch): Promise<readonly RenamedValue[]> {
  const { catalog, space, model, field } = search
  const slices = await space.slicesBy([field])
  const values: ValueRows[] = []
  for (const slice of slices) values.push({ value: slice[0]!.value, rows: await rowsOf(search, slice) })
  const owner = findField(catalog, model, field)
  const found: RenamedValue[] = []
  for (const rename of findRenames(values, space)) {
    if (!(await isAlike(search, rename))) continue
    const { from, to, since, together, window } = rename
    const periods = space.excluded.slice(window.from, window.to).filter((out) => out === 0).length
    const [observed, expected] = [together.actual / periods, together.expected / periods]
    const owned = owner ? `${owner.model}.${owner.field.name}` : `${model}.${field}`
    const at = space.periods[since]!
    found.push({ kind: 'renamed_value', model, field, owned, from, to, since: at, observed, expected })
  }
  return found
}

const rowsOf = async ({ space, metric }: RenameSearch, slice: Slice): Promise<Float64Array> =>
  (await readRows(space, metric, slice)) ?? new Float64Array(space.periods.length)

async function isAlike(search: RenameSearch, rename: Rename): Promise<boolean> {
  const { space, field, others } = search
  const { from, to } = rename.window
  const start = Math.max(0, from - profileSeasons * space.season)
  for (const other of others) {
    const slices = await space.slicesBy([field, other])
    const count = async (value: SliceValue['value'], begin: number, end: number) => {
      const counts = new Map<string, number>()
      for (const slice of slices) {
        if (!slice.some((one) => one.field === field && one.value === value)) continue
        const rows = await rowsOf(search, slice)
        const label = JSON.stringify(slice.find((one) => one.field === other)?.value ?? null)
        counts.set(
          label,
          rows.slice(begin, end).reduce((total, x) => total + x, 0),
        )
      }
      return counts
    }
    const [before, after] = [await count(rename.from, start, from), await count(rename.to, from, to)]
    const labels = [...new Set([...before.keys(), ...after.keys()])]
    const table = [before, after].flatMap((counts) => labels.map((label) => counts.get(label) ?? 0))
    const { pValue, correctedV } = testIndependence(Float64Array.from(table), Math.max(1, labels.length))
    if (pValue < profilePMax && correctedV > profileV) return false
  }
  return true
}
