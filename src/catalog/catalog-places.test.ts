import { expect, test } from 'vitest'
import { createDiagnostic } from '../base/diagnostic.ts'
import { placeDiagnostic } from './catalog-places.ts'
import { parsePlacedCatalog } from './parse-catalog.ts'

const file = `models:
  account:
    table: accounts
    key: id
    fields: { id: { type: number }, at: { type: date } }
    metrics:
      plain: { measure: sum(wrong), time: at }
      quoted: { measure: "count(where wrong = \\"x\\")", time: at }
    explorations:
      - title: Block
        text: |-
          from account
          where wrong > 1
            and id > 2
`

/** What is marked in the file when `word` is wrong in the text at `path`. */
function mark(path: readonly (string | number)[], text: string, word: string): string {
  const outcome = parsePlacedCatalog([{ name: 'a.yaml', text: file }])
  if (!outcome.ok) throw new Error('the catalog was refused')
  const start = text.indexOf(word)
  const wrong = createDiagnostic({ code: 'x', message: 'x', span: { start, end: start + word.length } })
  const { span, source } = placeDiagnostic(wrong, ['models', 'account', ...path], text, outcome.value.places)
  return source?.text.slice(span?.start, span?.end) ?? ''
}

test('a mistake inside a measure is marked in the file', () => {
  expect(mark(['metrics', 'plain', 'measure'], 'sum(wrong)', 'wrong')).toBe('wrong')
})

test('a text with escapes is marked as a whole', () => {
  expect(mark(['metrics', 'quoted', 'measure'], 'count(where wrong = "x")', 'wrong')).toBe(
    '"count(where wrong = \\"x\\")"',
  )
})

test('a mistake in a block of several lines is marked on its line', () => {
  expect(mark(['explorations', 0, 'text'], 'from account\nwhere wrong > 1\n  and id > 2', 'wrong')).toBe('wrong')
  expect(mark(['explorations', 0, 'text'], 'from account\nwhere wrong > 1\n  and id > 2', 'id >')).toBe('id >')
})
