/**
 * Outside cases: questions with SQL that is known to answer them, written as explorations and run beside it on Postgres, on the data as
 * shipped and on three generated instances. `node bench/outside.ts <folder of the questions>`, and maybe `--set defog|pgexercises`,
 * `--database name`, `--only id`, `--as-of YYYY-MM-DD`, `--postgres url` (or `OUTSIDE_POSTGRES`; databases are made there and dropped
 * again), `--as-written` (empty values stay where Postgres sorts them in gold), `--mutants` (wrong neighbours of gold are tried too),
 * `--verbose`. Exits with 3 where fewer than 95% of a set agree everywhere.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { expectAccepted, Rejection } from '../src/base/diagnostic.ts'
import { readGold } from '../src/llm/read-gold.ts'
import { type Case, judgeDatabase } from './outside/judge-database.ts'
import { readDatabaseScript, readQuestions, type SetName, setNames } from './outside/read-questions.ts'
import { isMiss, reportFaults, reportMiss, reportSet, reportSurvival } from './outside/report.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    set: { type: 'string' },
    database: { type: 'string' },
    only: { type: 'string' },
    'as-of': { type: 'string', default: '2025-06-18' },
    postgres: {
      type: 'string',
      default: process.env.OUTSIDE_POSTGRES ?? 'postgres://postgres@127.0.0.1:5432/postgres',
    },
    'as-written': { type: 'boolean', default: false },
    mutants: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
})
const [folder] = positionals
if (folder === undefined) {
  console.error('name the folder of the questions: node bench/outside.ts <folder>')
  process.exit(2)
}
const seeds = [1, 2, 3]
const instances = ['shipped', ...seeds.map((seed) => `generated ${seed}`)]
const shareMin = 0.95

/** The explorations of a set by question; one without any says what it needs. */
function readExplorations(set: SetName) {
  const name = join(import.meta.dirname, 'outside', `${set}.md`)
  const gold = expectAccepted(readGold({ name, text: readFileSync(name, 'utf8') }))
  return new Map(gold.map(({ question, variants, cannotAnswer }) => [question, { variants, cannotAnswer }]))
}

async function judgeSet(set: SetName, from: string) {
  const explorations = readExplorations(set)
  const all = readQuestions(from, set)
  const chosen = all.filter(
    ({ id, database }) =>
      (values.only === undefined || id === values.only) &&
      (values.database === undefined || database === values.database),
  )
  const judgements = []
  for (const database of new Set(chosen.map((question) => question.database))) {
    const own = chosen.filter((question) => question.database === database)
    const cases = own.map((question): Case => {
      const written = explorations.get(question.id)
      return { question, explorations: written?.variants ?? [], note: written?.cannotAnswer }
    })
    const queries = all.filter((question) => question.database === database).flatMap(({ gold }) => gold)
    const reading = { asOf: values['as-of'], asWritten: values['as-written'] }
    const setting = { ...reading, url: values.postgres, seeds, queries, mutants: values.mutants }
    const judged = await judgeDatabase(database, readDatabaseScript(from, set, database), cases, setting)
    console.error(
      `${set} ${database}: ${judged.filter((one) => !isMiss(one)).length} of ${judged.length} the same everywhere`,
    )
    judgements.push(...judged)
  }
  return judgements
}

process.on('uncaughtException', (error) => {
  console.error(error instanceof Rejection ? error.message : error)
  process.exit(1)
})

for (const set of setNames) {
  if (values.set !== undefined && values.set !== set) continue
  const judgements = await judgeSet(set, folder)
  if (judgements.length === 0) continue
  console.log(reportSet(set, judgements, instances))
  const survival = reportSurvival(judgements)
  if (survival !== undefined) console.log(survival)
  const misses = judgements.filter(isMiss)
  for (const miss of misses) console.log(`  ${reportMiss(miss)}`)
  for (const fault of judgements.flatMap(reportFaults)) console.log(`  ${fault}`)
  if (values.verbose)
    for (const { question, best } of judgements)
      console.log(
        `  ${question.id}: ${best?.outcomes.map(({ rows, difference, fault }) => `${rows}${difference ? ' ≠' : fault ? ' –' : ''}`).join(', ')}`,
      )
  if (judgements.length - misses.length < shareMin * judgements.length) process.exitCode = 3
}
