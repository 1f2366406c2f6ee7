import { call } from '../bound.ts'
import { defineFamily, type ScalarFunction } from './function.ts'
import type { ScalarName } from './scalar-names.ts'

const change = (name: ScalarName, summary: string, describe: ScalarFunction['describe']): ScalarFunction => ({
  kind: 'scalar',
  name,
  signature: `${name}(x)`,
  summary,
  example: `${name}(mrr)`,
  parameters: [{ name: 'x', types: ['number'] }],
  build: (args) => ({
    ...call(name, 'number', ...args),
    ...(args[0]?.unit === undefined ? {} : { unit: args[0].unit }),
  }),
  describe,
})

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
      { name: 'digits', types: ['number'], optional: true, isDigits: true },
    ],
  },
  change('floor', 'The next whole number below.', ([x]) => `${x}, rounded down`),
  change('ceil', 'The next whole number above.', ([x]) => `${x}, rounded up`),
  change('abs', 'The number without its sign.', ([x]) => `the size of ${x}`),
])
