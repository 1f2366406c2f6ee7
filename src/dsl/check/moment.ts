import { addPeriods, type Calendar } from '../../base/periods.ts'
import type { Model } from '../../catalog/catalog.ts'
import { alignTypes, toMoment } from '../bind/align-types.ts'
import { type Bound, type BoundColumn, call } from '../bind/bound.ts'
import type { Column } from '../plan/plan.ts'

/** The time at which a row of a history is wanted. */
export interface Moment {
  /** A time of the rows at hand, or a day: then what is valid when it ends. */
  readonly value: Bound
  /** What tells it apart from the row's own time, in names of columns. Empty for the own one. */
  readonly name: string
}

/** When a row of a history holds, and the moment that is asked about. */
export interface Validity {
  readonly begin: Column
  readonly end: Column
  readonly at: Bound
  /** The day after `at` where that is a written day. */
  readonly dayAfter: { readonly date: Bound; readonly timestamp: Bound } | undefined
}

/** Kinds of things that happen once; the others last. */
const happenings: ReadonlySet<string> = new Set(['event', 'invoice', 'ticket'])

/** The physical column of the time at which a row of the model happened; undefined for things that last. */
export function findOwnTime({ semantics, fields }: Model): string | undefined {
  const name = semantics?.time ?? (happenings.has(semantics?.kind ?? 'other') ? semantics?.created : undefined)
  return name === undefined ? undefined : fields[name]?.column
}

/** The validity of a history's row at a moment; the columns that say it are fields of its model. */
export function bindValidity(begin: Column, end: Column, { value: at }: Moment, calendar: Calendar): Validity {
  const isDay = at.kind === 'literal' && at.type === 'date' && typeof at.value === 'string'
  const next = isDay ? addPeriods(String(at.value), 1, 'day') : undefined
  const dayAfter =
    next === undefined
      ? undefined
      : { date: toMoment(next, 'date', calendar), timestamp: toMoment(next, 'timestamp', calendar) }
  return { begin, end, at, dayAfter }
}

const toBound = ({ type, name }: Column): BoundColumn => ({
  kind: 'column',
  type,
  name,
  rows: undefined,
  field: undefined,
})

/** The condition on a history's own columns: half-open, an empty end is none. `at` is the moment as it stands there. */
export function describeValidity({ begin, end, dayAfter }: Validity, at: Bound): Bound {
  const [from, to] = [toBound(begin), toBound(end)]
  const isOpen = call('is_empty', 'boolean', to)
  if (dayAfter) {
    const next = (one: Column) => (one.type === 'date' ? dayAfter.date : dayAfter.timestamp)
    const goesOn = call('greater_or_equal', 'boolean', to, next(end))
    return call('and', 'boolean', call('less', 'boolean', from, next(begin)), call('or', 'boolean', isOpen, goesOn))
  }
  const hasBegun = call('less_or_equal', 'boolean', ...(alignTypes(from, at) ?? [from, at]))
  const goesOn = call('greater', 'boolean', ...(alignTypes(to, at) ?? [to, at]))
  return call('and', 'boolean', hasBegun, call('or', 'boolean', isOpen, goesOn))
}
