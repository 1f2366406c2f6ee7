import { type Calendar, grains } from '../../src/base/periods.ts'
import type { Aggregate, Measure } from '../../src/dsl/plan/plan.ts'
import { aggregate, evaluate } from './evaluate.ts'
import { move } from './relation.ts'
import { compareForOrder, idOf, type Row, type Value } from './values.ts'

type Full = NonNullable<Value>
type Over = NonNullable<Measure['over']>

interface Keyed {
  readonly row: Row
  readonly keys: readonly Value[]
}

const isBefore = (a: Value, b: Value) => compareForOrder(a, b, false) < 0

/** Keys of the groups: those that occur, and with a measure that looks back those of periods between. */
function listGroups(node: Aggregate, rows: readonly Keyed[]): readonly (readonly Value[])[] {
  if (node.keys.length === 0) return [[]]
  const groups = new Map(rows.map(({ keys }) => [idOf(keys), keys]))
  const over = node.measures.find((measure) => measure.over)?.over
  if (!over) return [...groups.values()]
  const at = node.keys.findIndex(({ name }) => name === over.time)
  const times = [...groups.values()].map((keys) => keys[at]!).filter((time) => time !== null)
  const ordered = times.sort((a, b) => compareForOrder(a, b, false))
  const last = ordered.at(-1)
  for (const keys of [...groups.values()])
    for (let time: Value = ordered[0] ?? null; time !== null && last !== undefined && !isBefore(last, time); ) {
      const filled = keys.with(at, time)
      groups.set(idOf(filled), filled)
      time = move(time, 1, over.grain)
    }
  return [...groups.values()]
}

/** Whether a row with a time lies in the stretch that ends with `period`. */
function findStretch(period: Full, { grain, unit, count }: Over): (own: Value, day: () => Value) => boolean {
  const isWhole = grains.indexOf(unit) >= grains.indexOf(grain) && (grain !== 'week' || unit === 'week')
  if (isWhole) {
    const before = move(period, -count, unit)
    return (own) => !isBefore(period, own) && isBefore(before, own)
  }
  const end = move(period, 1, grain)!
  const from = move(end, -count, unit)
  return (_own, day) => isBefore(day(), end) && !isBefore(day(), from)
}

/** One row per combination of keys. */
export function group(node: Aggregate, rows: readonly Row[], calendar: Calendar): readonly Row[] {
  const names = node.keys.map(({ name }) => name)
  const all = rows.map(
    (row): Keyed => ({ row, keys: node.keys.map(({ value }) => evaluate(value, row, rows, calendar)) }),
  )
  const days = new Map<Row, Value>()
  const dayOf = (row: Row, time: string): Value => {
    const { value } = node.keys.find(({ name }) => name === time)!
    if (!days.has(row)) days.set(row, evaluate({ ...value, grain: 'day' } as typeof value, row, [row], calendar))
    return days.get(row)!
  }
  const measure = (keys: readonly Value[], { aggregate: call, per = names, over }: Measure): Value => {
    const at = names.indexOf(over?.time ?? '')
    const shared = per.filter((name) => name !== over?.time).map((name) => names.indexOf(name))
    const ids = (one: readonly Value[]) => idOf(shared.map((index) => one[index]!))
    const own = ids(keys)
    const period = keys[at] ?? null
    const isWithin = over && period !== null ? findStretch(period, over) : undefined
    const kept = all.filter((one) => {
      if (ids(one.keys) !== own) return false
      const time = one.keys[at] ?? null
      return !over || (time !== null && isWithin?.(time, () => dayOf(one.row, over.time)) === true)
    })
    return aggregate(
      call,
      kept.map(({ row }) => row),
      calendar,
    )
  }
  return listGroups(node, all).map((keys) =>
    Object.fromEntries([
      ...names.map((name, at) => [name, keys[at]!] as const),
      ...node.measures.map((one) => [one.name, measure(keys, one)] as const),
    ]),
  )
}
