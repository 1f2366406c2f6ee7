import { type Bound, call } from '../bind/bound.ts'
import { defineFamily, type Parameter, type ScalarFunction } from './function.ts'
import type { ScalarName } from './scalar-names.ts'

const keepUnit = (from: Bound | undefined, to: Bound): Bound =>
  from?.unit === undefined ? to : { ...to, unit: from.unit }

const change = (name: ScalarName, summary: string, describe: ScalarFunction['describe']): ScalarFunction => ({
  kind: 'scalar',
  name,
  signature: `${name}(x)`,
  summary,
  example: `${name}(mrr)`,
  parameters: [{ name: 'x', types: ['number'] }],
  build: (args) => keepUnit(args[0], call(name, 'number', ...args)),
  describe,
})

/** What has no unit, whatever its argument has. */
const plain = (name: ScalarName, summary: string, describe: ScalarFunction['describe']): ScalarFunction => ({
  ...change(name, summary, describe),
  build: (args) => call(name, 'number', ...args),
})

const choice = (name: string, fn: 'least' | 'greatest', word: string): ScalarFunction => {
  const parameter: Parameter = { name: 'a', types: ['number', 'date', 'timestamp'] }
  return {
    kind: 'scalar',
    name,
    signature: `${name}(a, b, …)`,
    summary: `The ${word} of several values of a row, leaving out those that are empty.`,
    example: `${name}(mrr, 1000)`,
    parameters: [
      parameter,
      { ...parameter, name: 'b', sameAs: 0 },
      { ...parameter, name: 'c', sameAs: 0, optional: true, rest: true },
    ],
    build: ([first, ...others]) =>
      others.reduce((chosen, other) => keepUnit(first, call(fn, first!.type, chosen, other)), first!),
    describe: (args) => `the ${word} of ${args.slice(0, -1).join(', ')} and ${args.at(-1)}`,
  }
}

export const numbers = defineFamily('Numbers', [
  {
    ...change(
      'round',
      'The nearest whole number, or the nearest with so many digits; halves go away from zero.',
      ([x]) => `${x}, rounded`,
    ),
    signature: 'round(x) or round(x, digits)',
    example: 'round(mrr, 2)',
    parameters: [
      { name: 'x', types: ['number'] },
      { name: 'digits', types: ['number'], optional: true, whole: { least: 0, most: 10 } },
    ],
  },
  change('floor', 'The next whole number below.', ([x]) => `${x}, rounded down`),
  change('ceil', 'The next whole number above.', ([x]) => `${x}, rounded up`),
  change('abs', 'The number without its sign.', ([x]) => `the size of ${x}`),
  plain('sign', '-1, 0 or 1.', ([x]) => `the sign of ${x}`),
  {
    ...plain(
      'power',
      'One number to the power of another; empty where that is no number.',
      ([x, y]) => `${x} to the power of ${y}`,
    ),
    signature: 'power(x, y)',
    example: 'power(mrr, 0.5)',
    parameters: [
      { name: 'x', types: ['number'] },
      { name: 'y', types: ['number'] },
    ],
  },
  plain('sqrt', 'The square root; empty below 0.', ([x]) => `the square root of ${x}`),
  plain('ln', 'The natural logarithm; empty from 0 down.', ([x]) => `the natural logarithm of ${x}`),
  plain('log10', 'The logarithm to base 10; empty from 0 down.', ([x]) => `the logarithm of ${x}`),
  plain('exp', 'e to the power of the number.', ([x]) => `e to the power of ${x}`),
  choice('min_of', 'least', 'smallest or earliest'),
  choice('max_of', 'greatest', 'largest or latest'),
])
