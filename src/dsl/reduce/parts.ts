import type { Aggregate, AggregateCall, Column, Expression, Measure } from '../plan/plan.ts'

/** The aggregates of a group's own rows that its measures are worked out from. */
export interface Parts {
  readonly own: readonly Measure[]
  /** A name that no column of the group has. */
  readonly take: (wanted: string) => string
  /** The column in which each group has `aggregate` of its own rows; `column` is what it is for. */
  readonly add: (aggregate: AggregateCall, column: Column) => string
}

export const isEqual = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

export function startParts({ keys, measures }: Aggregate): Parts {
  const own: Measure[] = measures.filter(({ per, over }) => !per && !over)
  const taken = new Set([...keys, ...measures].map(({ name }) => name))
  const take = (wanted: string): string => {
    let name = wanted
    for (let count = 2; taken.has(name); count++) name = `${wanted}_${count}`
    taken.add(name)
    return name
  }
  const add = (aggregate: AggregateCall, { name, type }: Column): string => {
    const known = own.find((one) => isEqual(one.aggregate, aggregate))
    if (known) return known.name
    const part = { name: take(`${name}_part`), type, aggregate }
    own.push(part)
    return part.name
  }
  return { own, take, add }
}

export const read = (name: string): Expression => ({ op: 'column', name })
export const call = (fn: string, ...args: readonly Expression[]): Expression => ({ op: 'call', fn, args })
export const isThere = (value: Expression): Expression => call('not', call('is_empty', value))
export const isCount = ({ fn }: AggregateCall): boolean => fn === 'count' || fn === 'count_distinct'
export const zero = { op: 'literal', type: 'number', value: 0, isOwn: true } as const

/** A column without what only a measure has. */
export const toColumn = ({ name, type, unit }: Column): Column => ({
  name,
  type,
  ...(unit === undefined ? {} : { unit }),
})

/** The key itself, where its value is a column already. */
export const keyOf = (column: Column, from = column.name): Aggregate['keys'][number] => ({
  ...toColumn(column),
  value: read(from),
})
