import fc from 'fast-check'
import { expect, test } from 'vitest'
import { trees } from '../../../tests/support/arbitrary-tree.ts'
import { format } from '../text/format.ts'
import { parse } from '../text/parse.ts'
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

test.each<[string, unknown, ...(string | number)[]]>([
  ['nothing', {}, 'kind'],
  ['kind only', { kind: 'where' }, 'condition'],
  ['from nothing', { kind: 'from' }, 'model'],
  ['unknown kind', { kind: 'explode' }, 'kind'],
  ['kind of every object', { kind: 'constructor' }, 'kind'],
  ['no step', null],
  ['text', 'from account'],
  ['expression of unknown kind', { kind: 'where', condition: { kind: 'x' } }, 'condition', 'kind'],
  ['half an expression', { kind: 'where', condition: { kind: 'not' } }, 'condition', 'operand'],
  ['no operator', { kind: 'where', condition: { kind: 'binary', left: path, right: path } }, 'condition', 'operator'],
  ['number of objects', { kind: 'limit', count: {} }, 'count'],
  ['keys that are no list', { kind: 'group', keys: 1, measures: [] }, 'keys'],
  ['a member of no step', { kind: 'limit', count: 1, sql: 'drop table' }],
  ['a period that does not exist', { kind: 'fill', time: 'month', per: [], from: '2025-02-30' }, 'from'],
])('what is no step is told with its place: %s', (_, step, ...place) => {
  const outcome = readTree({ dsl: 1, header: {}, steps: [{ kind: 'from', model: 'account' }, step] })
  expect(outcome).toMatchObject({ ok: false, diagnostics: [{ code: 'malformed-tree', path: ['steps', 1, ...place] }] })
})

test('what is nested too deep to be walked is refused', () => {
  const outcome = readTree({ dsl: 1, header: {}, steps: [{ kind: 'where', condition: deep }] })
  expect(outcome).toMatchObject({ ok: false, diagnostics: [{ code: 'malformed-tree', path: ['steps'] }] })
})

test('the schema takes every tree that the parser can give, and nothing is lost on the way', () => {
  fc.assert(
    fc.property(trees, (tree) => {
      expect(readTree(tree)).toMatchObject({ ok: true, value: format(tree) })
    }),
    { numRuns: 1000, seed: 17 },
  )
})

test('another version and malformed surroundings are told too', () => {
  const steps = [{ kind: 'from', model: 'account' }]
  for (const tree of [{ dsl: 99, steps }, { dsl: 1 }, { dsl: 1, steps, header: null }, { dsl: 1, steps, comments: 1 }])
    expect(readTree(tree)).toMatchObject({ ok: false, diagnostics: [{ code: 'malformed-tree' }] })
})
