import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readPattern } from './portable-pattern.ts'

test.each([
  ['^[A-Z]\\d{2,5}$', '^[A-Z][0-9]{2,5}$'],
  ['a.c', 'a[^\n]c'],
  ['\\w+@\\S+', '[A-Za-z0-9_]+@[^ \t\n\r\f\v]+'],
  ['(?:a|b)*', '(a|b)*'],
  ['[]a-]', '[\\]a\\-]'],
  ['[^\\d_-]', '[^0-9_\\-]'],
  ['\\.\\-\\"', '\\.-"'],
  ['Ä|😀', 'Ä|😀'],
])('%s is written %s for every engine', (text, pattern) => {
  expect(readPattern(text)).toEqual({ ok: true, pattern })
})

test.each([
  ['a**', '`**` is not understood by every engine'],
  ['a+?', '`+?` is not understood by every engine'],
  ['(a', '`(` is never closed'],
  ['a)', '`)` closes nothing'],
  ['[a', '`[` is never closed'],
  ['[z-a]', 'a range in `[…]` goes from a smaller letter to a larger one'],
  ['[[:alpha:]]', 'named classes are not understood by every engine'],
  ['[\\D]', 'a shorthand in capitals stands outside of `[…]` only'],
  ['(?=a)', '`(?…)` is not understood by every engine'],
  ['\\bword', '`\\b` is not understood by every engine'],
  ['(a)\\1', '`\\1` is not understood by every engine'],
  ['*', '`*` has nothing in front to repeat'],
  ['a{2', '`{` is followed by one number or two, as `{2,5}`'],
  ['a{5,2}', '`{5,2}` is no count from a smaller to a larger number, 255 at most'],
  ['a||b', 'an alternative is empty'],
  ['', 'an alternative is empty'],
  ['a\\', 'a backslash stands at its end'],
])('%s is refused: %s', (text, message) => {
  expect(readPattern(text)).toEqual({ ok: false, message })
})

test('whatever is read is a pattern that JavaScript reads, too', () => {
  const letters = fc.constantFrom(...'ab09^$.*+?()[]{}|\\-,:= \n_é😀dwsDWSn2')
  fc.assert(
    fc.property(fc.string({ unit: letters, maxLength: 12 }), (text) => {
      const read = readPattern(text)
      if (read.ok) expect(() => new RegExp(read.pattern, 'u')).not.toThrow()
    }),
    { numRuns: 20_000, seed: 7 },
  )
})
