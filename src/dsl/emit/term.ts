import { invariant, unreachable } from '../../base/invariant.ts'
import type { Grain } from '../../base/periods.ts'
import type { AggregateName, ScalarName } from '../functions/scalar-names.ts'
import type { AggregateCall, ColumnType, Expression, Literal, MovedUnit } from '../plan/plan.ts'

/** Something that rows come from: a table, a CTE. `alias` is what it would like to be called; it is told apart by identity. */
export interface Relation {
  /** As it stands behind FROM or JOIN. */
  readonly source: string
  readonly alias: string
  /** Whether its columns are somebody's, as they stand in a table; else they are what a SELECT of ours made of them. */
  readonly isForeign?: boolean
  /** For columns that are passed on as they were: where they come from. */
  readonly origins?: ReadonlyMap<string, string>
}

export interface Aggregated {
  readonly fn: AggregateName
  readonly args: readonly Term[]
  readonly where: Term | undefined
}

export interface OrderTerm {
  readonly term: Term
  readonly type: ColumnType
  readonly descending: boolean
  readonly neverEmpty?: boolean
}

/** A plan's expression, with its columns replaced by what they stand for in one SELECT. */
export type Term =
  | Literal
  /** A nought that nobody wrote, as for a count of no rows. */
  | { readonly op: 'zero' }
  | { readonly op: 'reference'; readonly relation: Relation; readonly column: string; readonly type: ColumnType }
  | { readonly op: 'call'; readonly fn: ScalarName; readonly args: readonly Term[] }
  | { readonly op: 'bucket'; readonly grain: Grain; readonly arg: Term; readonly argType: 'date' | 'timestamp' }
  /** The wall-clock time of an instant in the calendar's zone; a date is its midnight. */
  | { readonly op: 'local'; readonly arg: Term; readonly argType: 'date' | 'timestamp' }
  /** `count` periods later; days and longer units of an instant by the calendar's clock where that is said, else in UTC. */
  | {
      readonly op: 'moved'
      readonly time: Term
      readonly count: number
      readonly grain: Grain
      readonly byClock?: boolean
    }
  /** As many units later as `by` says. */
  | {
      readonly op: 'moved_by'
      readonly time: Term
      readonly by: Term
      readonly unit: MovedUnit
      readonly byClock?: boolean
    }
  /** A value that rows are grouped by. */
  | { readonly op: 'key'; readonly arg: Term }
  /** A number, or nothing, of one of several SELECTs whose rows are put together. */
  | { readonly op: 'part'; readonly arg: Term; readonly type: ColumnType }
  /** Equal, or both empty. */
  | { readonly op: 'same'; readonly left: Term; readonly right: Term }
  | { readonly op: 'aggregate'; readonly aggregate: Aggregated }
  | { readonly op: 'over'; readonly aggregate: Aggregated; readonly per: readonly Term[] }
  | {
      readonly op: 'rank'
      readonly fn: 'row_number' | 'rank' | 'dense_rank' | 'ntile'
      readonly tiles?: number
      readonly per: readonly Term[]
      readonly by: readonly OrderTerm[]
    }
  /**
   * Over the rows of `per` from the first by `by` up to this one; with `reach`, over those whose `by` is at most that much less; with
   * `isBefore`, without this one.
   */
  | {
      readonly op: 'running'
      readonly aggregate: Aggregated
      readonly per: readonly Term[]
      readonly by: readonly OrderTerm[]
      readonly reach?: number
      readonly isBefore?: true
    }
  /** The value of the row of `per` so many places earlier (later when negative) in the order. */
  | {
      readonly op: 'beside'
      readonly of: Term
      readonly per: readonly Term[]
      readonly by: readonly OrderTerm[]
      readonly places: number
    }
  | {
      readonly op: 'shift'
      readonly of: Term
      readonly time: Term
      readonly per: readonly Term[]
      readonly by: number
      readonly unit: Grain
      /** Whether `time` may be empty. */
      readonly isOpen: boolean
    }
  /** The rows of `per` counted up to this one, where `mark` is not empty: the number of the run it belongs to. */
  | { readonly op: 'run'; readonly mark: Term; readonly time: OrderTerm; readonly per: readonly Term[] }
  /** The first `of` of a run. */
  | { readonly op: 'first'; readonly of: Term; readonly time: OrderTerm; readonly per: readonly Term[] }

export const callTerm = (fn: ScalarName, ...args: readonly Term[]): Term => ({ op: 'call', fn, args })

/** What `term` is made of, one level down. */
function listParts(term: Term): readonly Term[] {
  switch (term.op) {
    case 'literal':
    case 'zero':
    case 'reference':
      return []
    case 'call':
      return term.args
    case 'bucket':
    case 'local':
    case 'key':
    case 'part':
      return [term.arg]
    case 'moved':
      return [term.time]
    case 'moved_by':
      return [term.time, term.by]
    case 'same':
      return [term.left, term.right]
    case 'aggregate':
      return [...term.aggregate.args, ...(term.aggregate.where ? [term.aggregate.where] : [])]
    case 'over':
      return [...term.aggregate.args, ...(term.aggregate.where ? [term.aggregate.where] : []), ...term.per]
    case 'rank':
      return [...term.per, ...term.by.map((key) => key.term)]
    case 'running':
      return [...term.aggregate.args, ...term.per, ...term.by.map((key) => key.term)]
    case 'beside':
      return [term.of, ...term.per, ...term.by.map((key) => key.term)]
    case 'shift':
      return [term.of, term.time, ...term.per]
    case 'first':
      return [term.of, term.time.term, ...term.per]
    case 'run':
      return [term.mark, term.time.term, ...term.per]
    default:
      return unreachable(term)
  }
}

export const measureTerm = (term: Term): number => listParts(term).reduce((sum, part) => sum + measureTerm(part), 1)

const windows = new Set<Term['op']>(['over', 'rank', 'running', 'beside', 'shift', 'run', 'first'])

export const hasWindow = (term: Term): boolean => windows.has(term.op) || listParts(term).some(hasWindow)

export const hasAggregate = (term: Term): boolean => term.op === 'aggregate' || listParts(term).some(hasAggregate)

/** The relations that `term` reads. */
export const listRelations = (term: Term): readonly Relation[] =>
  term.op === 'reference' ? [term.relation] : listParts(term).flatMap(listRelations)

/** The column that a number is, or is one of: two numbers of one origin are of one type, whatever that is. */
export function findOrigin(term: Term): string | undefined {
  switch (term.op) {
    case 'reference':
      return term.relation.origins?.get(term.column) ?? `${term.relation.source} ${term.column}`
    case 'key':
    case 'part':
      return findOrigin(term.arg)
    case 'first':
    case 'shift':
      return findOrigin(term.of)
    case 'aggregate':
    case 'over':
      return ['min', 'max'].includes(term.aggregate.fn) ? findOrigin(term.aggregate.args[0]!) : undefined
    default:
      return undefined
  }
}

/** The origin of a column that is the same in every row. No name of a table begins so. */
export const nameConstant = (source: string, column: string): string => `= ${source} ${column}`
export const isConstantOrigin = (origin: string | undefined): boolean => origin?.startsWith('= ') === true

/** The same in every row: nothing to group or to sort by, and engines refuse it there. */
export const isConstant = (term: Term): boolean =>
  listRelations(term).length === 0 && !hasAggregate(term) && !hasWindow(term)

/** `expression` with each column replaced by what `resolve` gives for it. */
export function resolveTerm(expression: Expression, resolve: (name: string) => Term): Term {
  switch (expression.op) {
    case 'literal':
      return expression
    case 'column':
      return resolve(expression.name)
    case 'call':
      return callTerm(expression.fn as ScalarName, ...expression.args.map((arg) => resolveTerm(arg, resolve)))
    case 'bucket':
      return { ...expression, arg: resolveTerm(expression.arg, resolve) }
    case 'moved': {
      const { arg, argType, count, grain } = expression
      const isByClock = argType === 'timestamp' && grain !== 'hour' && grain !== 'minute'
      return { op: 'moved', time: resolveTerm(arg, resolve), count, grain, ...(isByClock && { byClock: true }) }
    }
    case 'moved_by': {
      const { arg, argType, by, unit } = expression
      const isByClock = argType === 'timestamp' && unit !== 'second'
      const [time, times] = [resolveTerm(arg, resolve), resolveTerm(by, resolve)]
      return { op: 'moved_by', time, by: times, unit, ...(isByClock && { byClock: true }) }
    }
    case 'over':
      return {
        op: 'over',
        aggregate: resolveAggregate(expression.aggregate, resolve),
        per: expression.per.map(resolve),
      }
    default:
      return unreachable(expression)
  }
}

export function resolveAggregate(call: AggregateCall, resolve: (name: string) => Term): Aggregated {
  return {
    fn: call.fn as AggregateName,
    args: call.args.map((arg) => resolveTerm(arg, resolve)),
    where: call.where && resolveTerm(call.where, resolve),
  }
}

/** The conditions that all must hold for `term` to hold. */
export function listConditions(term: Term): readonly Term[] {
  if (term.op !== 'call' || term.fn !== 'and') return [term]
  invariant(term.args.length > 0, '`and` has arguments')
  return term.args.flatMap(listConditions)
}
