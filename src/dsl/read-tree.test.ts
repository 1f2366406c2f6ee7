import { expect, test } from 'vitest'
import { format } from './format.ts'
import { parse } from './parse.ts'
import { readTree } from './read-tree.ts'

const text =
  'title "Plans"\nfrom account # all\nwhere plan in ("pro", "free")\ngroup by plan: n = count()\ntop 3 by n desc\n'

test('a tree becomes the text that it was parsed from', () => {
  const parsed = parse(text)
  if (!parsed.ok) throw new Error('the text does not parse')
  expect(readTree(JSON.parse(JSON.stringify(parsed.value)))).toMatchObject({ ok: true, value: format(parsed.value) })
})

test('a tree without header is one, and one without steps is left to the parser', () => {
  expect(readTree({ dsl: 1, steps: [{ kind: 'from', model: 'account' }] })).toMatchObject({ value: 'from account\n' })
  const empty = readTree({ dsl: 1, steps: [] })
  expect(empty.ok && parse(empty.value)).toMatchObject({ ok: false, diagnostics: [{ code: 'no-steps' }] })
})

const path = { kind: 'path', parts: ['plan'] }
/** As deep as a body of 256 kB can nest. */
let deep: object = path
for (let at = 0; at < 20_000; at++) deep = { kind: 'not', operand: deep }

test.each([
  ['nothing', {}],
  ['kind only', { kind: 'where' }],
  ['from nothing', { kind: 'from' }],
  ['unknown kind', { kind: 'explode' }],
  ['kind of every object', { kind: 'constructor' }],
  ['no step', null],
  ['text', 'from account'],
  ['expression of unknown kind', { kind: 'where', condition: { kind: 'x' } }],
  ['half an expression', { kind: 'where', condition: { kind: 'binary', operator: '=', left: path } }],
  ['no operator', { kind: 'where', condition: { kind: 'binary', left: path, right: path } }],
  ['number of objects', { kind: 'limit', count: {} }],
  ['keys that are no list', { kind: 'group', keys: 1, measures: [] }],
  ['too deep', { kind: 'where', condition: deep }],
])('what is no step is told with its place: %s', (_, step) => {
  const outcome = readTree({ dsl: 1, header: {}, steps: [{ kind: 'from', model: 'account' }, step] })
  expect(outcome).toMatchObject({ ok: false, diagnostics: [{ code: 'malformed-tree', path: ['steps', 1] }] })
})

test('another version and malformed surroundings are told too', () => {
  const steps = [{ kind: 'from', model: 'account' }]
  for (const tree of [{ dsl: 2, steps }, { dsl: 1 }, { dsl: 1, steps, header: null }, { dsl: 1, steps, comments: 1 }])
    expect(readTree(tree)).toMatchObject({ ok: false, diagnostics: [{ code: 'malformed-tree' }] })
})
