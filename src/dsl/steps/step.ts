import { z } from 'zod'
import type { Checker } from '../check/checker.ts'
import type { Relation } from '../check/relation.ts'
import type { Builder } from '../plan/lower-expression.ts'
import type { Cursor } from '../text/cursor.ts'
import type { Step } from '../tree/ast.ts'

/** What checking a step found: the rows after it, and all that lowering and describing need. */
interface Checked<B> {
  readonly after: Relation
  readonly bound: B
}

/** What the sentence about a step may look at. */
export interface StepStory<B> {
  readonly before: Relation
  readonly after: Relation
  readonly bound: B
  readonly checker: Checker
}

/** Members that the parser puts on every step. */
type Surroundings = 'kind' | 'comments' | 'note'

type StepShape<S extends Step> = { readonly [K in Exclude<keyof S, Surroundings>]-?: z.ZodType<S[K]> }

interface StepInput<S extends Step, B> {
  /** Stored in trees: never renamed. */
  readonly kind: S['kind']
  /** As the reference page calls it. */
  readonly name: string
  /** The word that its line starts with. */
  readonly verb: string
  /** One sentence, for the reference page and a model's instructions. */
  readonly summary: string
  /** Its forms, as `limit <n>`. */
  readonly grammar: readonly string[]
  /** A whole exploration over the sample catalog that uses it. */
  readonly example: string
  /** Whether the words here start this step; by default when the verb does. */
  readonly starts?: (cursor: Cursor) => boolean
  /** Shapes of the node's own members, of every one: the JSON schema of trees, and what a tree from outside is held against. */
  readonly shape: StepShape<S>
  /** Reads the step, its verb included. */
  readonly parse: (cursor: Cursor) => S
  /** Canonical text; `parse` gives the same step back. */
  readonly format: (step: S) => string
  /** The rows that it gives for the rows it is given. Mistakes are reported, and the rows then as good as can be told. */
  readonly check: (step: S, before: Relation, checker: Checker) => Checked<B>
  /** A sentence in plain words, from the catalog's labels. */
  readonly describe: (step: S, story: StepStory<B>) => string
  /** Puts the step on the plan. Called only when the whole exploration holds. */
  readonly lower: (bound: B, builder: Builder) => void
}

/** A step after checking. */
export interface CheckedStep {
  readonly after: Relation
  readonly describe: () => string
  readonly lower: (builder: Builder) => void
}

/** A step of the language, whatever its tree holds. */
export interface StepDefinition
  extends Omit<StepInput<Step, unknown>, 'check' | 'describe' | 'lower' | 'starts' | 'shape'> {
  readonly shape: z.ZodObject<{ readonly kind: z.ZodLiteral<Step['kind']> }>
  readonly starts: (cursor: Cursor) => boolean
  readonly check: (step: Step, before: Relation, checker: Checker) => CheckedStep
}

const comments = z.array(z.string()).exactOptional().describe('comment lines above the step')
const note = z.string().exactOptional().describe('comment behind the step')

const createShape = (kind: Step['kind'], members: Readonly<Record<string, z.ZodType>>): StepDefinition['shape'] =>
  z.strictObject({ kind: z.literal(kind), ...members, comments, note })

/** A step in one place: how it is read, written, checked, said and planned. The registry is `steps/index.ts`. */
export function defineStep<S extends Step, B>(input: StepInput<S, B>): StepDefinition {
  const expect = (step: Step): S => step as S
  return {
    ...input,
    starts: input.starts ?? ((cursor) => cursor.isWord(input.verb)),
    shape: createShape(input.kind, input.shape),
    format: (step) => input.format(expect(step)),
    check: (step, before, checker) => {
      const { after, bound } = input.check(expect(step), before, checker)
      return {
        after,
        describe: () => input.describe(expect(step), { before, after, bound, checker }),
        lower: (builder) => input.lower(bound, builder),
      }
    },
  }
}
