import { z } from 'zod'
import { steps } from '../steps/index.ts'
import { stepsMax } from '../text/parse.ts'
import { dslVersion } from './ast.ts'
import { parameterTypes } from './parameters.ts'
import * as shapes from './shapes.ts'

const comments = shapes.optional(shapes.list(z.string()))

const parameter = z
  .strictObject({
    name: shapes.name,
    type: z.enum(parameterTypes),
    value: z.union([z.string(), z.number(), z.boolean()]).describe('what it is where none is given'),
  })
  .meta({ id: 'Parameter', description: 'A value that whoever runs the exploration may give.' })

const header = z
  .strictObject({
    title: shapes.optional(z.string()),
    asOf: shapes
      .optional(z.string().regex(/^\d{4}-\d{2}-\d{2}$/))
      .describe('`YYYY-MM-DD`: the day that counts as today'),
    timezone: shapes.optional(z.string()).describe('IANA name'),
    params: shapes.optional(shapes.list(parameter)),
  })
  .describe('optional first lines')

const [first, ...others] = steps.map(({ shape }) => shape)
const step = z
  .discriminatedUnion('kind', [first!, ...others])
  .meta({ id: 'Step', description: 'One step; its `kind` says which.' })

const line = { comments: comments.describe('comment lines above'), note: shapes.optional(z.string()) }
const heading = z.strictObject({ name: shapes.name, ...line })
const block = z.strictObject({ name: shapes.name, steps: shapes.list(step).max(stepsMax), ...line }).meta({
  id: 'Block',
  description: 'Named steps whose rows later blocks read.',
})

/** A whole tree, as it is stored and sent. The types are those of `ast.ts`. */
export const treeShape = z
  .strictObject({
    dsl: z.literal(dslVersion).describe('version of the language'),
    header: header.default({}),
    blocks: shapes.optional(shapes.list(block).min(1).max(stepsMax)).describe('named blocks before the result'),
    heading: shapes.optional(heading).describe('the `block` line of the result, where there is one'),
    steps: shapes.list(step).max(stepsMax).describe('steps of the result'),
    comments: comments.describe('comment lines above the header'),
    closing: comments.describe('comment lines behind the last step'),
  })
  .describe('An exploration as a tree. Its text and its tree are two faces of one thing.')

/** The JSON schema of trees, for those who make or read them elsewhere. */
export const writeTreeSchema = (): string =>
  `${JSON.stringify(z.toJSONSchema(treeShape, { io: 'input' }), undefined, 2)}\n`
