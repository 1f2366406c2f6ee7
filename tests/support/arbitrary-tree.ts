import fc from 'fast-check'
import {
  type Block,
  type BlockHeading,
  type Commented,
  dslVersion,
  type Parameter,
  type Step,
  type Tree,
} from '../../src/dsl/tree/ast.ts'
import { names, numbers, optional, several, texts } from './arbitrary-expression.ts'
import { froms, laterSteps } from './arbitrary-step.ts'

const comments = fc.constantFrom('why', '', 'a # in it', 'two  spaces')
const commented = <T extends object>(node: fc.Arbitrary<T>): fc.Arbitrary<T & Commented> =>
  fc
    .tuple(node, optional('comments', several(comments)), optional('note', comments))
    .map(([one, above, note]) => ({ ...one, ...above, ...note }))

const stepLists: fc.Arbitrary<readonly Step[]> = fc
  .tuple(commented(froms), fc.array(commented(laterSteps), { maxLength: 4 }))
  .map(([first, rest]) => [first, ...rest])
const headings: fc.Arbitrary<BlockHeading> = commented(fc.record({ name: names }))
const blocks: fc.Arbitrary<Block> = fc.tuple(headings, stepLists).map(([heading, steps]) => ({ ...heading, steps }))

const parameter = (type: Parameter['type'], value: fc.Arbitrary<Parameter['value']>): fc.Arbitrary<Parameter> =>
  fc.record({ name: names, type: fc.constant(type), value })
const parameters = fc.oneof(
  parameter('text', texts),
  parameter('number', numbers),
  parameter('boolean', fc.boolean()),
  parameter('date', fc.constantFrom('2025-12-31', '2024-02-29')),
  parameter('timestamp', fc.constant('2025-03-14T09:30:00Z')),
)

const headers = fc
  .tuple(
    optional('title', texts),
    optional('asOf', fc.constantFrom('2026-09-30', '2024-02-29')),
    optional('timezone', fc.constantFrom('Europe/Tallinn', 'UTC', 'America/Port-au-Prince')),
    optional('params', fc.uniqueArray(parameters, { minLength: 1, maxLength: 2, selector: ({ name }) => name })),
  )
  .map(([title, asOf, timezone, params]) => ({ ...title, ...asOf, ...timezone, ...params }))

/** Trees of every shape that the parser can give, whether or not they make sense. */
export const trees: fc.Arbitrary<Tree> = fc
  .tuple(
    headers,
    optional('blocks', fc.array(blocks, { minLength: 1, maxLength: 2 })),
    optional('heading', headings),
    stepLists,
    optional('comments', several(comments)),
    optional('closing', several(comments)),
  )
  .map(
    ([header, earlier, heading, steps, above, closing]): Tree => ({
      dsl: dslVersion,
      header,
      ...earlier,
      ...heading,
      steps,
      ...(Object.keys(header).length > 0 ? above : {}),
      ...closing,
    }),
  )
