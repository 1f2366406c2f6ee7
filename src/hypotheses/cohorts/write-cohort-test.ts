import type { Grain } from '../../base/periods.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { quoteName, quotePath } from '../../dsl/text/quote.ts'
import type { Slice } from '../hypothesis.ts'
import { type History, writeRange, writeSliceCondition } from '../write/write-exploration.ts'
import type { Returning } from './find-returns.ts'

/** Periods for which those who began are followed. */
const agesMax: Readonly<Partial<Record<Grain, number>>> = { week: 12, month: 6 }

/** Columns of the `retention` step, and of the field that cuts it. */
export const cohortColumns = {
  cohort: 'cohort',
  value: 'value',
  age: 'period',
  size: 'cohort_size',
  retained: 'retained',
} as const

export interface CohortSubject {
  readonly returning: Returning
  readonly history: History
  /** One field by which cohorts are cut, or none. */
  readonly fields: readonly string[]
  readonly slice: Slice
}

/** The exploration of cohorts and how many of each came back at each age that is over for all of them. */
export function writeCohorts(catalog: Catalog, { returning, history, fields, slice }: CohortSubject): string {
  const { model, began, path } = returning
  const conditions = [...slice.map((one) => writeSliceCondition(catalog, model, one)), writeRange(began, history)]
  const keys = [
    `${history.grain}(${quotePath(began.split('.'))})`,
    ...fields.map((field) => `${cohortColumns.value} = ${quotePath(field.split('.'))}`),
  ]
  return [
    `as of ${history.today}`,
    `from ${quoteName(model)}`,
    `where ${conditions.join(' and ')}`,
    `retention by ${keys.join(', ')} on ${quotePath(path)} for ${agesMax[history.grain]} ${history.grain}s`,
    '',
  ].join('\n')
}

/** The exploration that asks whether the later cohorts of a slice come back as the earlier ones did. */
export function writeCohortTest(catalog: Catalog, subject: Omit<CohortSubject, 'fields'>): string {
  const { cohort, age, size, retained } = cohortColumns
  return `${writeCohorts(catalog, { ...subject, fields: [] })}test retention_shift ${retained} over ${cohort} by ${age}, ${size}\n`
}
