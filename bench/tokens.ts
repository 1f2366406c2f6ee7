/**
 * How many tokens an exploration takes beside the SQL for the same question: what a model must write. The SQL is what we emit for DuckDB,
 * without its comments, and, with a folder of questions as argument, the SQL that others wrote: `node bench/tokens.ts [folder of ttq]`.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { countTokens } from 'gpt-tokenizer'
import { compile } from '../src/dsl/compile.ts'
import { languageContext } from '../tests/fixtures/language-catalog.ts'
import { exampleFiles } from '../tests/support/explorations.ts'

interface Pair {
  readonly exploration: string
  readonly sql: string
}

const withoutComments = (text: string, mark: RegExp) =>
  text
    .split('\n')
    .filter((line) => !mark.test(line))
    .join('\n')

function print(name: string, pairs: readonly Pair[]): void {
  const counts = pairs.map(({ exploration, sql }) => [countTokens(exploration), countTokens(sql)] as const)
  const own = counts.reduce((sum, [count]) => sum + count, 0)
  const theirs = counts.reduce((sum, [, count]) => sum + count, 0)
  const ratios = counts.map(([left, right]) => left / right)
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length
  console.log(
    `${name.padEnd(22)} ${String(pairs.length).padStart(4)} questions: ${own} tokens beside ${theirs} of SQL; mean ratio ${mean.toFixed(2)}`,
  )
}

print(
  'worked examples',
  exampleFiles.flatMap(({ text }) => {
    const compiled = compile(text, { ...languageContext, dialect: 'duckdb' })
    const sql = compiled.ok ? withoutComments(compiled.value.sql, /^\s*--/) : ''
    return compiled.ok ? [{ exploration: withoutComments(text, /^\s*(#|title)/), sql }] : []
  }),
)

/** Explorations of a gold file by the heading above them. */
const readGold = (file: string): ReadonlyMap<string, string> =>
  new Map(
    [...readFileSync(file, 'utf8').matchAll(/^## (.+)$[\s\S]*?^```hunch\n([\s\S]*?)^```/gm)].map(
      ([, id = '', text = '']) => [id.trim(), withoutComments(text, /^\s*#/)] as const,
    ),
  )

const [folder] = process.argv.slice(2)
for (const set of folder === undefined ? [] : ['defog', 'pgexercises']) {
  const questions = join(folder ?? '', set, 'questions.open.jsonl')
  const gold = join(import.meta.dirname, 'outside', `${set}.md`)
  if (!existsSync(questions) || !existsSync(gold)) continue
  const explorations = readGold(gold)
  const pairs = readFileSync(questions, 'utf8')
    .trim()
    .split('\n')
    .flatMap((line) => {
      const { id, gold: sql } = JSON.parse(line) as { id: string; gold: string | readonly string[] }
      const exploration = explorations.get(String(id))
      const first = typeof sql === 'string' ? sql : sql[0]
      return exploration && first ? [{ exploration, sql: withoutComments(first, /^\s*--/) }] : []
    })
  if (pairs.length > 0) print(set, pairs)
}
