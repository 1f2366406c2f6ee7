import { z } from 'zod'
import { findingStates } from '../findings/finding.ts'

/** Shapes that several calls answer with; `meta.id` makes each a named schema of the OpenAPI document. */
const cell = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** What ends a mute. */
export const boundSchema = z.union([z.strictObject({ above: z.number() }), z.strictObject({ below: z.number() })])

export const feedbackSchema = z
  .object({
    id: z.number(),
    finding: z.string().describe('Key of the finding.'),
    label: z.string().describe('One of the labels, or `opened`.'),
    by: z.string(),
    createdAt: z.string(),
    note: z.string().optional(),
    scope: z.string().optional().describe('Of `mute`.'),
    until: z.string().optional().describe('Of `mute`: its last day, also where a cycle saw its condition.'),
    condition: boundSchema.optional().describe('Of `mute`: the number that ends it when the finding’s own passes it.'),
  })
  .meta({ id: 'Feedback' })

export const watchSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    exploration: z.string().describe('Ends in a `test`.'),
    createdBy: z.string(),
    createdAt: z.string(),
  })
  .meta({ id: 'Watch' })

export const columnSchema = z
  .object({
    name: z.string(),
    type: z.enum(['text', 'number', 'boolean', 'date', 'timestamp']),
    unit: z.string().optional(),
  })
  .meta({ id: 'Column' })

const rows = z
  .array(z.array(cell))
  .describe('Dates `YYYY-MM-DD`, timestamps ISO 8601, numbers that would lose digits as text.')
export const stepSchema = z.object({ text: z.string(), sentence: z.string(), block: z.string().optional() }).meta({
  id: 'Step',
  description:
    'A step as text and in words; `block` names the part of the exploration it stands in, where that has a name.',
})

export const queryResultSchema = z
  .looseObject({
    columns: z.array(columnSchema),
    rows,
    rowCount: z.number(),
    truncated: z.boolean(),
    sql: z.string(),
    parameters: z.array(cell),
    asOf: z.string(),
    exploration: z.string().describe('Canonical text, `as of` pinned.'),
    fixes: z.array(z.string()),
    lints: z.array(z.looseObject({ code: z.string(), message: z.string() })),
    ms: z.number(),
  })
  .meta({ id: 'QueryResult' })

const existing = z
  .array(z.object({ title: z.string(), score: z.number(), url: z.string() }))
  .describe('Explorations of the catalog that nearly answer it.')

export const answerSchema = z
  .union([
    z.looseObject({
      question: z.string(),
      exploration: z.string(),
      columns: z.array(columnSchema),
      rows,
      rowCount: z.number(),
      sentence: z.string(),
      steps: z.array(stepSchema),
      existing,
      route: z.enum(['planner', 'model']),
      confidence: z.number(),
      fixes: z.array(z.string()),
      repairs: z.number(),
      timings: z.record(z.string(), z.number()),
      usage: z.looseObject({ calls: z.number(), promptTokens: z.number(), completionTokens: z.number() }),
    }),
    z.object({ question: z.string(), cannotAnswer: z.string(), existing }),
  ])
  .meta({ id: 'Answer', description: 'As `hunch ask --format json` prints it.' })

export const questionSchema = z
  .object({
    id: z.string(),
    question: z.string(),
    state: z.enum(['queued', 'running', 'done', 'failed']),
    progress: z.unknown().optional(),
    answer: answerSchema.optional(),
    error: z.string().optional(),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'Question' })

const sliceValue = z.object({ field: z.string(), value: cell })

export const findingSchema = z
  .looseObject({
    rank: z.number(),
    key: z.string(),
    kind: z.string().describe('The detector; `renamed_value` and `pipeline_fault` where it is about the data.'),
    model: z.string(),
    metric: z.string(),
    measure: z.string(),
    slice: z.array(sliceValue),
    origin: z
      .enum(['authored', 'watched', 'suggested'])
      .optional()
      .describe('Who asked, where it was no template: the team, a reader, a language model.'),
    with: z
      .object({ metric: z.string(), measure: z.string(), model: z.string() })
      .optional()
      .describe('The other measure of a finding about two.'),
    by: z
      .array(z.string())
      .optional()
      .describe('Fields whose values were put beside each other, in a finding about them.'),
    concerns: z
      .array(z.looseObject({ model: z.string(), metric: z.string(), change: z.number() }))
      .optional()
      .describe('Metrics as wholes that moved with it, in a finding about the data pipeline.'),
    renamed: z
      .object({ field: z.string(), from: cell, to: cell })
      .optional()
      .describe('The value that goes on under another name, in a finding about that.'),
    goal: z
      .object({ value: z.number(), period: z.string() })
      .optional()
      .describe('What was to be reached from `from` to `to`, in a finding about a goal.'),
    named: z
      .array(z.object({ label: z.string(), observed: z.number(), expected: z.number(), since: z.string() }))
      .optional()
      .describe('Accounts that stand out by themselves, in a finding about single ones.'),
    direction: z.enum(['up', 'down']),
    from: z.string().nullable(),
    to: z.string().nullable(),
    observed: z.number(),
    expected: z.number(),
    low: z.number(),
    high: z.number(),
    change: z.number().nullable(),
    pValue: z.number(),
    qValue: z.number(),
    state: z.enum(findingStates),
    headline: z.string(),
    note: z.string().optional().describe('What to make of it and what to check, where it is about the data.'),
    exploration: z.string(),
    url: z.string(),
  })
  .meta({ id: 'Finding', description: 'As `hunch cycle --format json` prints it.' })

export const evidenceSchema = z
  .looseObject({
    findingKey: z.string(),
    cycleId: z.string(),
    asOf: z.string(),
    gatheredAt: z.string(),
    steps: z.array(z.looseObject({ text: z.string(), sentence: z.string(), sql: z.string() })),
    test: z.looseObject({ detector: z.string(), question: z.string(), qValue: z.number() }),
    series: z.array(z.looseObject({ at: z.string(), value: z.number().nullable() })),
  })
  .meta({ id: 'Evidence', description: 'Steps, rows, SQL and test behind a finding.' })

export const rerunSchema = z
  .looseObject({ ranAt: z.string(), holds: z.boolean(), difference: z.string() })
  .meta({ id: 'Rerun', description: 'Whether a finding still holds.' })

/** Explorations come as text; a tree is what `format` gives text of. */
export const explorationBody = z
  .strictObject({
    exploration: z
      .union([z.string().min(1).max(20_000), z.looseObject({ dsl: z.number(), steps: z.array(z.unknown()) })])
      .describe('Text of the exploration language, or its tree.'),
    parameters: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .optional()
      .describe('Values of its `param` lines; those that are not given are as written.'),
    asOf: z.iso.date().optional().describe('The day that counts as today; a header `as of` wins.'),
  })
  .meta({ id: 'ExplorationRequest' })

export const keyParams = z.object({ key: z.string().min(1).max(200) })
export const idParams = z.object({ id: z.string().min(1).max(200) })
