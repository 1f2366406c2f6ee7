import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { beforeAll, expect, test } from 'vitest'
import oniguruma from 'vscode-oniguruma'
import textmate from 'vscode-textmate'
import { exampleFiles } from '../../../tests/support/explorations.ts'
import { functionNames } from '../functions/index.ts'
import { stepNames } from '../steps/index.ts'
import { writeGrammar } from './write-grammar.ts'

let grammar: textmate.IGrammar

beforeAll(async () => {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm'))
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength))
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources) => new oniguruma.OnigScanner(sources),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => textmate.parseRawGrammar(writeGrammar(), 'hunch.tmLanguage.json'),
  })
  grammar = (await registry.loadGrammar('source.hunch'))!
})

/** Each word of a line with its most particular scope. */
const colour = (line: string) =>
  grammar
    .tokenizeLine(line, textmate.INITIAL)
    .tokens.map(({ startIndex, endIndex, scopes }) => [line.slice(startIndex, endIndex).trim(), scopes.at(-1)] as const)
    .filter(([word]) => word !== '')

test('steps, names, functions, texts and times have scopes of their own', () => {
  expect(colour('add growth = sum(amount where status = "paid" and paid_at in last 12 months) # ours')).toEqual([
    ['add', 'keyword.control.step.hunch'],
    ['growth', 'variable.other.definition.hunch'],
    ['=', 'keyword.operator.hunch'],
    ['sum', 'support.function.hunch'],
    ['(', 'source.hunch'],
    ['amount', 'variable.other.hunch'],
    ['where', 'keyword.other.hunch'],
    ['status', 'variable.other.definition.hunch'],
    ['=', 'keyword.operator.hunch'],
    ['"', 'string.quoted.double.hunch'],
    ['paid', 'string.quoted.double.hunch'],
    ['"', 'string.quoted.double.hunch'],
    ['and', 'keyword.operator.word.hunch'],
    ['paid_at', 'variable.other.hunch'],
    ['in', 'keyword.operator.word.hunch'],
    ['last', 'support.constant.time.hunch'],
    ['12', 'constant.numeric.hunch'],
    ['months', 'support.constant.time.hunch'],
    [')', 'source.hunch'],
    ['# ours', 'comment.line.number-sign.hunch'],
  ])
})

test('a column named like a word of the language behind a point is a column', () => {
  expect(colour('where account.by = 2025-Q3').slice(1)).toEqual([
    ['account', 'variable.other.hunch'],
    ['.', 'source.hunch'],
    ['by', 'variable.other.definition.hunch'],
    ['=', 'keyword.operator.hunch'],
    ['2025-Q3', 'constant.other.date.hunch'],
  ])
})

test.each(stepNames)('the step `%s` is coloured', (name) => {
  expect(colour(`${name} x`)[0]).toEqual([name, 'keyword.control.step.hunch'])
})

test.each(functionNames)('the function `%s` is coloured', (name) => {
  expect(colour(`add x = ${name}(y)`)).toContainEqual([name, 'support.function.hunch'])
})

test.each(exampleFiles)('every line of $name starts with a known word', ({ text }) => {
  for (const line of text.split('\n').filter((one) => /^[^\s#]/.test(one)))
    expect(colour(line)[0]?.[1]).toMatch(/^(keyword\.control\.step|storage\.type\.header)\.hunch$/)
})
