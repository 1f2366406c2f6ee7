import { expect, test } from 'vitest'
import { languageContext } from '../../tests/fixtures/language-catalog.ts'
import { exampleFiles } from '../../tests/support/explorations.ts'
import { expectAccepted } from '../base/diagnostic.ts'
import { compile } from './compile.ts'
import { functionFamilies } from './functions/index.ts'
import { writeInstructions } from './reference/instructions.ts'
import { writeReference } from './reference/write-reference.ts'
import { steps } from './steps/index.ts'
import { format } from './text/format.ts'
import { parse } from './text/parse.ts'

const compileText = (text: string) => expectAccepted(compile(text, languageContext))

/** They draw a period that is not over on the day on which they are asked, and are told so. */
const unfinished = new Set([
  'average-team-size.hunch',
  'revenue-by-plan-then.hunch',
  'revenue-this-year.hunch',
  'time-to-first-report.hunch',
])

test.each(exampleFiles)('$name formats to itself and compiles as it stands on both engines', ({ name, text }) => {
  expect(format(expectAccepted(parse(text)))).toBe(text)
  for (const dialect of ['duckdb', 'postgres'] as const) {
    const { fixes, lints, sql, steps: views } = expectAccepted(compile(text, { ...languageContext, dialect }))
    expect(fixes).toEqual([])
    expect(lints.map(({ code }) => code)).toEqual(unfinished.has(name) ? ['period-incomplete'] : [])
    expect(sql).toContain('SELECT')
    for (const { sentence } of views) expect(sentence).toMatch(/^[A-Z][^\n]+$/)
  }
})

test.each(exampleFiles)('$name is said in plain words', ({ text }) => {
  expect(
    compileText(text)
      .steps.map(({ sentence }) => sentence)
      .join('\n'),
  ).toMatchSnapshot()
})

test.each(exampleFiles)('each step of $name compiles on its own', ({ text }) => {
  const { length } = expectAccepted(parse(text)).steps
  for (let upToStep = 0; upToStep < length; upToStep++) {
    const { steps: views, columns } = expectAccepted(compile(text, { ...languageContext, upToStep }))
    expect(views).toHaveLength(upToStep + 1)
    expect(columns.length).toBeGreaterThan(0)
  }
})

test.each(steps.map(({ name, example }) => ({ name, example })))('the example of `$name` compiles', ({ example }) => {
  expect(compileText(example).fixes).toEqual([])
})

test('the reference page and the instructions name every step and function', () => {
  const [reference, instructions] = [writeReference(), writeInstructions()]
  for (const { grammar } of steps) for (const form of grammar) expect(instructions).toContain(form)
  for (const { name } of steps) expect(reference).toContain(`### ${name}\n`)
  for (const { name } of functionFamilies.flatMap(({ functions }) => functions)) {
    expect(reference).toContain(`\`${name}(`)
    expect(instructions).toContain(`${name}(`)
  }
  expect(instructions.split('\n').length).toBeLessThanOrEqual(60)
})
