import { Rejection } from '../../src/base/diagnostic.ts'
import { describeError } from '../../src/base/failure.ts'
import { utcCalendar } from '../../src/base/periods.ts'
import type { Catalog } from '../../src/catalog/catalog.ts'
import { compile } from '../../src/dsl/compile.ts'
import type { Cell, Warehouse } from '../../src/warehouse/warehouse.ts'
import { findDifference } from './compare-rows.ts'
import { type Reading, readQuery } from './pin-date.ts'
import type { Question } from './read-questions.ts'
import { type Expected, limits, runGold } from './run-gold.ts'
import type { Survival } from './try-mutants.ts'

/** What came of one exploration against one form of gold on one instance. */
export interface Outcome {
  readonly instance: string
  /** Rows that gold gives. */
  readonly rows: number
  readonly difference: string | undefined
  /** Why gold itself cannot be run on these rows: nothing is compared then. */
  readonly fault: string | undefined
}

/** An exploration that was held against a form of gold on all instances. */
export interface Pairing {
  readonly exploration: number
  readonly gold: number
  readonly outcomes: readonly Outcome[]
}

export interface Judgement {
  readonly question: Question
  /** The exploration and form of gold that agree most; undefined where nothing was written, with the reason. */
  readonly best: Pairing | undefined
  readonly note: string | undefined
  /** Where wrong neighbours of gold were tried. */
  readonly survival: Survival | undefined
}

export interface Court extends Reading {
  readonly catalog: Catalog
  readonly warehouse: Warehouse
}

type Ran = Readonly<Record<'rows', readonly (readonly Cell[])[]>> | { readonly error: string }

async function runExploration(text: string, { catalog, asOf, warehouse }: Court): Promise<Ran> {
  const compiled = compile(text, { catalog, calendar: utcCalendar, asOf, dialect: 'postgres' })
  if (!compiled.ok) return { error: new Rejection(compiled.diagnostics).message }
  try {
    const { rows } = await warehouse.query(compiled.value.sql, compiled.value.parameters, limits)
    return { rows }
  } catch (error) {
    return { error: `the warehouse says: ${describeError(error)}` }
  }
}

/** What each form of gold gives on the rows that are loaded now, or why it gives nothing. */
export async function runForms(question: Question, court: Court): Promise<readonly (Expected | string)[]> {
  const expected: (Expected | string)[] = []
  for (const sql of question.gold)
    expected.push(await runGold(court.warehouse, readQuery(sql, court)).catch(describeError))
  return expected
}

/** A form that gives other rows when only the rows of the tables stand in another order: it leaves open which of several ties it takes. */
function findOpen(form: Expected | string, other: Expected | string | undefined): Expected | string {
  if (typeof form === 'string' || other === undefined || typeof other === 'string') return form
  const rows = other.groups.flat().slice(0, other.limit)
  return findDifference(form, rows) === undefined
    ? form
    : 'gold gives other rows when those of the tables stand in another order'
}

/** Every exploration against every form of gold, on the instance that is loaded now; `reordered` is what gold gave on the same rows in another order. */
export async function judgeInstance(
  { question, explorations }: { readonly question: Question; readonly explorations: readonly string[] },
  instance: string,
  court: Court,
  reordered: readonly (Expected | string)[] = [],
): Promise<readonly { readonly exploration: number; readonly gold: number; readonly outcome: Outcome }[]> {
  const expected = (await runForms(question, court)).map((form, at) => findOpen(form, reordered[at]))
  const judged = []
  for (const [exploration, text] of explorations.entries()) {
    const found = await runExploration(text, court)
    for (const [gold, one] of expected.entries()) {
      if (typeof one === 'string') {
        judged.push({ exploration, gold, outcome: { instance, rows: 0, difference: undefined, fault: one } })
        continue
      }
      const rows = one.groups.reduce((sum, { length }) => sum + length, 0)
      const difference = 'error' in found ? found.error : findDifference(one, found.rows)
      const outcome = { instance, rows: Math.min(rows, one.limit ?? rows), difference, fault: undefined }
      judged.push({ exploration, gold, outcome })
    }
  }
  return judged
}

/** The pairing that agrees on the most instances, the first of equals. */
export function choosePairing(pairings: readonly Pairing[]): Pairing | undefined {
  const count = ({ outcomes }: Pairing) =>
    outcomes.filter(({ difference, fault }) => difference === undefined && fault === undefined).length
  return pairings.toSorted((a, b) => count(b) - count(a))[0]
}
