import type { Calendar } from '../../src/base/periods.ts'
import type { Aggregate, Measure } from '../../src/dsl/plan.ts'
import { aggregate, evaluate } from './evaluate.ts'
import { idOf, type Row, type Value } from './values.ts'

interface Keyed {
  readonly row: Row
  readonly keys: readonly Value[]
}

/** One row per combination of keys. */
export function group(node: Aggregate, rows: readonly Row[], calendar: Calendar): readonly Row[] {
  const names = node.keys.map(({ name }) => name)
  const all = rows.map(
    (row): Keyed => ({ row, keys: node.keys.map(({ value }) => evaluate(value, row, rows, calendar)) }),
  )
  const groups = Map.groupBy(all, ({ keys }) => idOf(keys))
  const keysOfGroups = names.length === 0 ? [[]] : [...groups.values()].map((own) => own[0]!.keys)
  const shares = (one: readonly Value[], other: readonly Value[], per: readonly string[]) =>
    per.every((name) => idOf([one[names.indexOf(name)]!]) === idOf([other[names.indexOf(name)]!]))
  const measure = (keys: readonly Value[], { aggregate: call, per = names }: Measure): Value =>
    aggregate(
      call,
      all.filter((one) => shares(one.keys, keys, per)).map(({ row }) => row),
      calendar,
    )
  return keysOfGroups.map((keys) =>
    Object.fromEntries([
      ...names.map((name, at) => [name, keys[at]!] as const),
      ...node.measures.map((one) => [one.name, measure(keys, one)] as const),
    ]),
  )
}
