/**
 * How long a text takes to become SQL: our compiler (parse, check, plan, emit) beside Malloy's and PRQL's on the same questions in the same
 * run, and ours over every worked example. `npm ci --prefix bench/compile && node bench/compile/compile.mjs`.
 */
import malloy from '@malloydata/malloy'
import prqlc from 'prqlc'
import { compile } from '../../src/dsl/compile.ts'
import { languageContext } from '../../tests/fixtures/language-catalog.ts'
import { exampleFiles } from '../../tests/support/explorations.ts'
import { malloyConnection, malloyModel, questions } from './questions.mjs'

const runs = 100
/** As a process that has been up for a while: all are given as many. */
const warmups = 300
const context = { ...languageContext, dialect: 'duckdb' }

const model = new malloy.SingleConnectionRuntime({ connection: malloyConnection }).loadModel(malloyModel)
await model.getModel()
const options = new prqlc.CompileOptions()
options.target = 'sql.duckdb'
options.signature_comment = false

/** Each is given another text every time, so that no cache of texts answers. */
const compilers = {
  hunch: async ({ hunch }, run) => {
    const outcome = compile(`${hunch}\n# ${run}\n`, context)
    if (!outcome.ok) throw new Error(`${hunch}\n${outcome.diagnostics[0].message}`)
  },
  malloy: async ({ malloy: text }, run) => void (await model.loadQuery(`${text} // ${run}\n`).getSQL()),
  prql: async ({ prql }, run) => void prqlc.compile(`${prql}\n# ${run}\n`, options),
}

const quantile = (times, share) =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))]

/** Times of each work, turn by turn, so that a slower moment of the machine meets them all. */
async function measure(works) {
  const times = works.map(() => [])
  for (let run = 0; run < runs + warmups; run++)
    for (const [at, work] of works.entries()) {
      const start = performance.now()
      await work(run)
      if (run >= warmups) times[at].push(performance.now() - start)
    }
  return times
}

const cell = (value) => value.toFixed(2).padStart(8)
console.log('question                        hunch   malloy     prql   (median ms)  malloy/hunch')
const all = Object.keys(compilers).map(() => [])
for (const question of questions) {
  const times = await measure(Object.values(compilers).map((work) => (run) => work(question, run)))
  for (const [at, own] of times.entries()) all[at].push(...own)
  const medians = times.map((own) => quantile(own, 0.5))
  const ratio = (medians[1] / medians[0]).toFixed(1)
  console.log(`${question.name.padEnd(28)}${medians.map(cell).join(' ')}  ${ratio.padStart(22)}`)
}
for (const share of [0.5, 0.99])
  console.log(
    `${share === 0.5 ? 'median' : 'p99'.padEnd(6)}${' '.repeat(22)}${all.map((times) => cell(quantile(times, share))).join(' ')}`,
  )

const works = exampleFiles.map(
  ({ text }) =>
    async (run) =>
      void compile(`${text}\n# ${run}\n`, context),
)
const times = (await measure(works)).flat()
const [median, p99] = [0.5, 0.99].map((share) => quantile(times, share).toFixed(2))
console.log(`\n${exampleFiles.length} worked examples: median ${median} ms, p99 ${p99} ms`)
