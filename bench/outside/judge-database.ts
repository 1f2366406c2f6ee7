import { join } from 'node:path'
import { expectAccepted } from '../../src/base/diagnostic.ts'
import { readCatalog } from '../../src/catalog/read-catalog.ts'
import { openPostgres } from '../../src/warehouse/postgres.ts'
import { fillDatabase, readValues } from './fill-database.ts'
import { generateRows } from './generate-rows.ts'
import { choosePairing, type Judgement, judgeInstance, type Outcome, type Pairing, runForms } from './judge.ts'
import { listLiterals } from './list-literals.ts'
import { loadScript } from './load-script.ts'
import { createOwnDatabase } from './own-database.ts'
import { pinDate, type Reading } from './pin-date.ts'
import type { Question } from './read-questions.ts'
import { readTables } from './read-tables.ts'
import { openTrial } from './try-mutants.ts'

export interface Case {
  readonly question: Question
  readonly explorations: readonly string[]
  /** Why there are none. */
  readonly note: string | undefined
}

export interface Setting extends Reading {
  /** A Postgres server where databases may be made. */
  readonly url: string
  readonly seeds: readonly number[]
  /** All queries of the set over this database: their literals are in the generated rows. */
  readonly queries: readonly string[]
  /** Whether wrong neighbours of gold are tried too. */
  readonly mutants: boolean
}

type Forms = Awaited<ReturnType<typeof runForms>>

/** Judges the questions over one database, as shipped and with generated rows, in a Postgres database that is dropped afterwards. */
export async function judgeDatabase(
  database: string,
  script: string,
  cases: readonly Case[],
  setting: Setting,
): Promise<readonly Judgement[]> {
  const catalog = expectAccepted(readCatalog(join(import.meta.dirname, 'catalogs', database)))
  const own = await createOwnDatabase(setting.url, `hunch_outside_${database}`)
  const warehouse = await openPostgres(own.url)
  try {
    await own.client.query(pinDate(loadScript(script), setting.asOf))
    await own.client.query('RESET search_path; RESET client_min_messages')
    const tables = await readTables(own.client, catalog)
    const values = await readValues(own.client, tables)
    const literals = listLiterals(setting.queries)
    const found = new Map<Case, Map<string, Pairing>>()
    const trials = new Map(
      setting.mutants ? cases.map((one) => [one, openTrial(one.question.gold[0] ?? '', setting, warehouse)]) : [],
    )
    const court = { ...setting, catalog, warehouse }
    const judgeAll = async (instance: string, reordered: ReadonlyMap<Case, Forms> = new Map()) => {
      for (const trial of trials.values()) await trial.run()
      for (const one of cases) {
        const pairings = found.get(one) ?? new Map<string, Pairing>()
        found.set(one, pairings)
        for (const judged of await judgeInstance(one, instance, court, reordered.get(one)))
          addOutcome(pairings, judged.exploration, judged.gold, judged.outcome)
      }
    }
    await judgeAll('shipped')
    for (const seed of setting.seeds) {
      const shipped = (table: string, column: string) => values.get(`${table}/${column}`) ?? []
      const rows = generateRows(tables, { seed, tame: seed === 1, asOf: setting.asOf, literals, shipped })
      await fillDatabase(own.client, tables, new Map([...rows].map(([name, list]) => [name, list.toReversed()])))
      const reordered = new Map<Case, Forms>()
      for (const one of cases) reordered.set(one, await runForms(one.question, court))
      await fillDatabase(own.client, tables, rows)
      await judgeAll(`generated ${seed}`, reordered)
    }
    return cases.map((one) => ({
      question: one.question,
      best: choosePairing([...(found.get(one)?.values() ?? [])]),
      note: one.note,
      survival: trials.get(one)?.sum(),
    }))
  } finally {
    await warehouse.close()
    await own.close()
  }
}

function addOutcome(pairings: Map<string, Pairing>, exploration: number, gold: number, outcome: Outcome): void {
  const key = `${exploration}/${gold}`
  const known = pairings.get(key)
  pairings.set(key, { exploration, gold, outcomes: [...(known?.outcomes ?? []), outcome] })
}
