import { invariant } from '../../base/invariant.ts'
import type { Column, ColumnType, SortKey } from '../plan/plan.ts'
import type { OrderTerm, Relation, Term } from './term.ts'

export interface Output {
  readonly name: string
  readonly type: ColumnType
  readonly term: Term
}

export interface Join {
  readonly kind: 'left' | 'inner' | 'cross'
  readonly relation: Relation
  readonly on: readonly Term[]
}

/** Rows of which one, or none, must be there for a row to stay. */
export interface Existence {
  readonly keeps: 'any' | 'none'
  readonly from: Relation
  readonly joins: readonly Join[]
  /** All must hold; they may read relations of the SELECT around it. */
  readonly where: readonly Term[]
}

/**
 * A SELECT that may still take further steps. It is closed, which makes it a CTE that the next one reads, when a step cannot
 * legally (or legibly) share it.
 */
export interface Select {
  readonly from: Relation
  readonly joins: readonly Join[]
  /** All must hold. */
  readonly where: readonly Term[]
  /** All must hold, too. */
  readonly existences: readonly Existence[]
  /** What each visible column stands for, in order. */
  readonly outputs: readonly Output[]
  /** What it groups by; undefined while it does not. */
  readonly keys: readonly Term[] | undefined
  /** Order that a limit cuts by. */
  readonly order: readonly OrderTerm[]
  readonly limit: number | undefined
  /** Whether a limit, here or in what it reads, cut the rows by `order`. */
  readonly isCut: boolean
  /** Indexes of the steps it carries out, ascending. */
  readonly steps: readonly number[]
  /** What its rows are, for the name of its CTE: `account`, `account_by_month`. */
  readonly title: string
}

export function selectFrom(
  relation: Relation,
  columns: readonly (Column & { readonly column: string })[],
  step: number,
  title: string,
): Select {
  return {
    from: relation,
    joins: [],
    where: [],
    existences: [],
    outputs: columns.map(({ name, type, column }) => ({
      name,
      type,
      term: { op: 'reference', relation, column, type },
    })),
    keys: undefined,
    order: [],
    limit: undefined,
    isCut: false,
    steps: [step],
    title,
  }
}

export const withStep = (select: Select, step: number): Select =>
  select.steps.includes(step) ? select : { ...select, steps: [...select.steps, step].sort((a, b) => a - b) }

/** The visible column `name`. */
export function findOutput(select: Select, name: string): Output {
  const output = select.outputs.find((candidate) => candidate.name === name)
  invariant(output, `the plan reads \`${name}\`, which is not among ${select.outputs.map((o) => o.name).join(', ')}`)
  return output
}

/** What the visible column `name` stands for. */
export const findTerm = (select: Select, name: string): Term => findOutput(select, name).term

/** `order` over the visible columns. */
export const resolveOrder = (select: Select, order: readonly SortKey[]): readonly OrderTerm[] =>
  order.map(({ name, descending }) => {
    const { term, type } = findOutput(select, name)
    return { term, type, descending }
  })

/** Whether it merely passes on what it reads, so that closing it would add nothing. */
export function isPassThrough(select: Select): boolean {
  const { joins, where, existences, keys, limit, order, outputs } = select
  return (
    joins.length === 0 &&
    where.length === 0 &&
    existences.length === 0 &&
    keys === undefined &&
    limit === undefined &&
    order.length === 0 &&
    outputs.every(({ name, term }) => term.op === 'reference' && term.column === name)
  )
}
