import { type Bound, call, literal } from '../bind/bound.ts'
import { quoteNumber } from '../text/quote.ts'
import type { Expression } from '../tree/ast.ts'
import { compareExact, type ExactNumber } from '../tree/exact-number.ts'
import type { ScalarFunction } from './function.ts'

/** `1. < 10`, `2. 10–50`, `3. 50+`: they sort in the order of the numbers, which the bare bounds would not. */
export function listLabels(bounds: readonly ExactNumber[]): readonly string[] {
  const written = bounds.map(quoteNumber)
  const labels = [
    `< ${written[0]}`,
    ...written.map((bound, at) => (at + 1 < written.length ? `${bound}–${written[at + 1]}` : `${bound}+`)),
  ]
  const width = String(labels.length).length
  return labels.map((label, at) => `${String(at + 1).padStart(width, '0')}. ${label}`)
}

const readBound = (node: Expression): ExactNumber | undefined => (node.kind === 'number' ? node.value : undefined)

/** The bounds must be numbers that are written out, each larger than the one before. */
const checkBounds: NonNullable<ScalarFunction['check']> = ([, ...bounds]) => {
  const numbers = bounds.map(readBound)
  const strange = numbers.indexOf(undefined)
  if (strange >= 0)
    return {
      at: strange + 1,
      message: 'a bound of `bucket` is a number that is written out',
      hint: 'Write `bucket(x, 10, 50)`.',
    }
  const wrong = numbers.findIndex((bound, at) => at > 0 && compareExact(bound!, numbers[at - 1]!) <= 0)
  if (wrong < 0) return undefined
  return {
    at: wrong + 1,
    message: 'the bounds of `bucket` grow from one to the next',
    hint: 'Write the smaller ones first.',
  }
}

function build([value, ...bounds]: readonly Bound[]): Bound {
  const labels = listLabels(
    bounds.map((bound) => (bound.kind === 'literal' && typeof bound.value !== 'boolean' ? (bound.value ?? 0) : 0)),
  )
  const cases = bounds.flatMap((bound, at) => [call('less', 'boolean', value!, bound), literal('text', labels[at]!)])
  const last = call('greater_or_equal', 'boolean', value!, bounds.at(-1)!)
  return call('when', 'text', ...cases, last, literal('text', labels.at(-1)!), literal('text', null))
}

export const bucket: ScalarFunction = {
  kind: 'scalar',
  name: 'bucket',
  signature: 'bucket(x, 10, 50, …)',
  summary:
    'Which stretch of numbers `x` is in, as a text that sorts: `1. < 10`, `2. 10–50` (from 10 up to, and without, 50), `3. 50+`; empty where `x` is.',
  example: 'bucket(mrr, 100, 1000)',
  parameters: [
    { name: 'x', types: ['number'] },
    { name: 'bound', types: ['number'], rest: true },
  ],
  check: checkBounds,
  build,
  describe: ([x, ...bounds]) => `${x} in stretches, cut at ${bounds.join(', ')}`,
}
