import type { Catalog } from '../../catalog/catalog.ts'
import { findField } from '../../hypotheses/data/find-field.ts'
import type { Slice } from '../../hypotheses/hypothesis.ts'

/** Conditions by the model that owns the field, so that `plan` of an account and `account.plan` of an event are one. */
export const nameSlice = (catalog: Catalog, model: string, slice: Slice): Slice =>
  slice.map(({ field, value }) => {
    const owner = findField(catalog, model, field)
    return { field: owner ? `${owner.model}.${owner.field.name}` : field, value }
  })
