/**
 * How long a text takes to become SQL: our compiler (parse, check, plan, emit) beside Malloy's and PRQL's on the same questions in the same
 * run, and ours over every worked example. Each compiler has a process of its own, as where it is used: none collects the garbage of
 * another. They are asked round by round, so that a slower moment of the machine meets them all.
 * `npm ci --prefix bench/compile && node bench/compile/compile.mjs`.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { exampleFiles } from '../../tests/support/explorations.ts'
import { compileText, contenders } from './contenders.mjs'
import { questions } from './questions.mjs'

const rounds = 200
/** As a process that has been up for a while: all are given as many. */
const warmups = 300

const quantile = (times, share) =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))]

const names = Object.keys(contenders)
const processes = names.map((name) => fork(join(import.meta.dirname, 'contend.mjs'), [name]))
for (const one of processes) await once(one, 'message')

/** `[compiler][question]` to milliseconds of each round. */
const times = names.map(() => questions.map(() => []))
for (let round = 0; round < warmups + rounds; round++)
  for (const [at, one] of processes.entries()) {
    const answered = once(one, 'message')
    one.send(round)
    const [figures] = await answered
    if (round >= warmups) for (const [question, ms] of figures.entries()) times[at][question].push(ms)
  }
for (const one of processes) one.disconnect()

const cell = (value) => value.toFixed(2).padStart(8)
const line = (head, figures) =>
  console.log(
    `${head.padEnd(28)}${figures.map(cell).join(' ')}  ${(figures[names.indexOf('malloy')] / figures[names.indexOf('hunch')]).toFixed(1).padStart(22)}`,
  )
console.log(`${'question'.padEnd(28)}${names.map((name) => name.padStart(8)).join(' ')}   (median ms)  malloy/hunch`)
for (const [question, { name }] of questions.entries())
  line(
    name,
    times.map((own) => quantile(own[question], 0.5)),
  )
line(
  'median of all',
  times.map((own) => quantile(own.flat(), 0.5)),
)
line(
  'p99 of all',
  times.map((own) => quantile(own.flat(), 0.99)),
)

const examples = exampleFiles.map(() => [])
for (let run = 0; run < warmups + 100; run++)
  for (const [at, { text }] of exampleFiles.entries()) {
    const start = performance.now()
    compileText(`${text}\n# ${run}\n`)
    if (run >= warmups) examples[at].push(performance.now() - start)
  }
const [median, p99] = [0.5, 0.99].map((share) => quantile(examples.flat(), share).toFixed(2))
console.log(`\n${exampleFiles.length} worked examples: median ${median} ms, p99 ${p99} ms`)
