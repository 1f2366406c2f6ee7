/**
 * Statistics questions with answers that others fixed (InfiAgent-DABench, Hu et al., ICML 2024), answered with `src/stats`:
 * how a question is to be computed is written by hand from its text, the numbers are ours. `node bench/dabench.ts FOLDER`
 * prints how many are right by concept, and what is missed and why.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { correlations } from './dabench/correlations.ts'
import { distributions } from './dabench/distributions.ts'
import { groups } from './dabench/groups.ts'
import { outliers } from './dabench/outliers.ts'
import { type Answers, readTable } from './dabench/table.ts'

interface Question {
  readonly id: number
  readonly concepts: readonly string[]
  readonly file: string
  readonly answers: Readonly<Record<string, string>>
}

/** What was found on looking at a miss. */
const reasons: Readonly<Record<number, string>> = {
  359: "the key holds the moment skewness; Pearson's first coefficient, which the question asks for, is (mean − mode) / deviation",
  361: 'the key was made without leaving out the 41 missing values, which makes every score missing',
  734: "the key holds the Americas' 0.56 of five continents, and calls it not significant at p = 6e-26",
}

const folder = process.argv[2]
if (!folder) throw new Error('usage: node bench/dabench.ts FOLDER')
const questions: readonly Question[] = JSON.parse(readFileSync(join(folder, 'questions.json'), 'utf8'))
const answers: Answers = { ...correlations, ...distributions, ...groups, ...outliers }

/** As the benchmark reads what a model prints: `@name[value]`, up to the first closing bracket. */
const readBack = (name: string, value: string | number) => /@(\w+)\[(.*?)\]/.exec(`@${name}[${value}]`)?.[2]
const isRight = (expected: string, found: string | undefined) =>
  found === expected || (found !== '' && expected !== '' && Math.abs(Number(found) - Number(expected)) < 1e-6)

const byConcept = new Map<string, { right: number; total: number }>()
const misses: string[] = []
let [right, values, valuesRight] = [0, 0, 0]
for (const { id, concepts, file, answers: expected } of questions) {
  const answer = answers[id]
  const found = answer?.(readTable(join(folder, file))) ?? {}
  const wrong = Object.entries(expected).filter(
    ([name, value]) => !isRight(value, name in found ? readBack(name, found[name]!) : undefined),
  )
  values += Object.keys(expected).length
  valuesRight += Object.keys(expected).length - wrong.length
  if (wrong.length === 0) right++
  else {
    const shown = wrong.map(([name, value]) => `${name} is ${found[name] ?? 'not answered'}, key says ${value}`)
    misses.push(`${id}: ${shown.join('; ')}${reasons[id] ? ` (${reasons[id]})` : ''}`)
  }
  for (const concept of concepts) {
    const sums = byConcept.get(concept) ?? { right: 0, total: 0 }
    byConcept.set(concept, { right: sums.right + Number(wrong.length === 0), total: sums.total + 1 })
  }
}
console.log('| concept | right | of |\n|---|--:|--:|')
for (const [concept, sums] of [...byConcept].sort((a, b) => b[1].total - a[1].total))
  console.log(`| ${concept} | ${sums.right} | ${sums.total} |`)
console.log(`| all questions | ${right} | ${questions.length} |\n| all values | ${valuesRight} | ${values} |`)
for (const miss of misses) console.log(`\nmissed ${miss}`)
