import { type Bound, call, literal } from '../bind/bound.ts'
import { defineFamily, type Parameter, type ScalarFunction } from './function.ts'
import type { ScalarName } from './scalar-names.ts'

const text = (name: string): Parameter => ({ name, types: ['text'] })
const number = (name: string): Parameter => ({ name, types: ['number'] })

const change = (name: ScalarName, summary: string, describe: ScalarFunction['describe']): ScalarFunction => ({
  kind: 'scalar',
  name,
  signature: `${name}(text)`,
  summary,
  example: `${name}(name)`,
  parameters: [text('text')],
  build: (args) => call(name, name === 'length' ? 'number' : 'text', ...args),
  describe,
})

/** A whole number of at least `least`: engines do not agree on what is before the first letter, nor on half a letter. */
function keepFrom(number: Bound, least: number): Bound {
  const floor = literal('number', least)
  if (number.kind === 'literal' && typeof number.value === 'number')
    return literal('number', Math.max(least, Math.floor(number.value)))
  return call('when', 'number', call('less', 'boolean', number, floor), floor, call('floor', 'number', number))
}

/** What stands before the text is cut from so many letters; nothing of them where it is long enough. */
export function padText(x: Bound, length: Bound, letter: Bound): Bound {
  const [wide, fill] = [length, letter].map((part) => (part.kind === 'literal' ? part.value : undefined))
  if (typeof wide !== 'number' || typeof fill !== 'string') return x
  const letters = literal('text', ([...fill][0] ?? ' ').repeat(wide))
  const missing = call('subtract', 'number', length, call('length', 'number', x))
  const isShort = call('greater', 'boolean', missing, literal('number', 0))
  const before = call('substring', 'text', letters, literal('number', 1), missing)
  return call('when', 'text', isShort, call('concat', 'text', before, x), x)
}

export const texts = defineFamily('Text', [
  change('lower', 'The text in small letters.', ([x]) => `${x} in small letters`),
  change('upper', 'The text in capitals.', ([x]) => `${x} in capitals`),
  change('trim', 'The text without spaces at its ends.', ([x]) => `${x} without spaces at its ends`),
  change('length', 'How many letters the text has.', ([x]) => `the length of ${x}`),
  {
    kind: 'scalar',
    name: 'replace',
    signature: 'replace(text, what, with)',
    summary: 'The text with every `what` replaced.',
    example: 'replace(name, "Ltd", "Limited")',
    parameters: [text('text'), text('what'), text('with')],
    build: (args) => call('replace', 'text', ...args),
    describe: ([x, what, other]) => `${x} with ${what} replaced by ${other}`,
  },
  {
    kind: 'scalar',
    name: 'substring',
    signature: 'substring(text, start, length)',
    summary:
      'Some letters of the text, without `length` all from `start` on; the first letter is number 1. Fractions are cut off.',
    example: 'substring(name, 1, 3)',
    parameters: [text('text'), number('start'), { ...number('length'), optional: true }],
    build: ([x, start, length]) =>
      call('substring', 'text', x!, keepFrom(start!, 1), length ? keepFrom(length, 0) : call('length', 'number', x!)),
    describe: ([x, start, length]) => `${length ?? 'the'} letters of ${x} from letter ${start}`,
  },
  {
    kind: 'scalar',
    name: 'pad',
    signature: 'pad(text, length, letter)',
    summary:
      'The text with as many of the letter before it as it takes to be `length` long; a longer one stays as it is.',
    example: 'pad(text(seats), 5, "0")',
    parameters: [
      text('text'),
      { ...number('length'), whole: { least: 1, most: 100 } },
      { ...text('letter'), isWritten: true },
    ],
    build: ([x, length, letter]) => padText(x!, length!, letter!),
    describe: ([x, length, letter]) => `${x} with ${letter} before it, ${length} long`,
  },
  {
    kind: 'scalar',
    name: 'split',
    signature: 'split(text, separator, n)',
    summary:
      'The n-th of the parts between the separators, from 1; empty where there is no such part or nothing in it.',
    example: 'split(name, " ", 1)',
    parameters: [
      text('text'),
      { ...text('separator'), isWritten: true },
      { ...number('n'), whole: { least: 1, most: 1000 } },
    ],
    build: (args) => call('split', 'text', ...args),
    describe: ([x, separator, n]) => `part ${n} of ${x}, split at ${separator}`,
  },
  {
    kind: 'scalar',
    name: 'concat',
    signature: 'concat(a, b, …)',
    summary: 'Texts one behind the other; empty when one is empty.',
    example: 'concat(name, " (", plan, ")")',
    parameters: [text('a'), { ...text('b'), rest: true }],
    build: (args) => call('concat', 'text', ...args),
    describe: (args) => args.join(' followed by '),
  },
])
