import { z } from 'zod'
import { fieldTypes, goalPeriods, overTimes } from './catalog.ts'

const because = (message: string, hint: string) => ({ error: `${message} | ${hint}` })

const name = z
  .string()
  .regex(
    /^[A-Za-z_][A-Za-z0-9_]{0,62}$/,
    because('is not a plain name', 'Use letters, digits and `_`, beginning with a letter; the label may say more.'),
  )
const text = z.string().trim().min(1, because('is empty', 'Write something, or remove the line.'))
const words = z.array(text)
const columns = z.union([text, z.array(text).min(1), z.record(z.string(), text)], {
  error: 'a column, a list of columns, or a map `this column: other column`',
})

const field = z
  .strictObject({
    type: z.enum(fieldTypes).describe('what it holds'),
    column: text.optional().describe('physical column; absent: the field’s name'),
    label: text.optional().describe('as readers see it; absent: made from the name'),
    description: text.optional().describe('what it holds, in a sentence'),
    synonyms: words.default([]).describe('other words that people use for it'),
    unit: text.optional().describe('unit of its numbers, as `EUR` or `days`'),
    values: z
      .union([z.array(z.string()), z.record(z.string(), z.string())], {
        error: 'a list of values, or a map `value: label`',
      })
      .optional()
      .describe('the values that may stand in it: a list, or a map of value to label'),
    over_time: z
      .enum(overTimes)
      .optional()
      .describe(
        'for what is held and not gained, as a balance: what stands for several times of it; a sum over time is warned of',
      ),
    hidden: z.boolean().default(false).describe('usable in relations and where it is named, not shown by itself'),
    pii: z.boolean().default(false).describe('holds personal data: in no mail and no prompt'),
  })
  .describe('a column in business words')

const relation = z
  .strictObject({
    to: z.string().describe('the other model'),
    one: columns.optional().describe('column(s) here that hold the other model’s key'),
    many: columns.optional().describe('column(s) of the other model that hold this one’s key'),
    through: text
      .optional()
      .describe('bridge table of a many-to-many relation, with columns `<model>_<key>` for both sides'),
    valid: z
      .tuple([text, text], { error: 'a list of two columns' })
      .optional()
      .describe('two columns of the other model: from when and until when a row of it holds'),
    label: text.optional().describe('as readers see it; absent: made from the name'),
  })
  .describe('a named path to another model: exactly one of `one`, `many`, `through`')

const day = z.string().refine(isDay, because('is not a day', 'Write it as `2026-11-27`.'))

const goal = z
  .strictObject({
    value: z
      .number()
      .positive(because('is not above 0', 'Write what the metric is to reach in one period, as `400`.'))
      .describe('what its total is to reach, or to stay below where `good` is `down`; of a share or a mean: its mean'),
    period: z.enum(goalPeriods).describe('in each of which periods; quarters and years are those of `calendar`'),
    from: day
      .optional()
      .describe('for periods that begin on this day or later, until a later goal of as long periods; absent: for all'),
  })
  .describe('what a metric is to come to in each period')

const metric = z
  .strictObject({
    measure: text.describe('aggregate expression of the exploration language over this model’s rows, as `count()`'),
    time: z.string().describe('field of type date or timestamp that says when a row counts'),
    label: text.optional().describe('as readers see it; absent: made from the name'),
    description: text.optional().describe('what it counts, in a sentence'),
    synonyms: words.default([]).describe('other words that people use for it'),
    good: z.enum(['up', 'down']).optional().describe('which direction is good news'),
    slices: words.default([]).describe('fields, or to-one paths as `account.plan`, worth slicing by'),
    unit: text.optional().describe('unit of its numbers'),
    over_time: z
      .enum(overTimes)
      .optional()
      .describe(
        'for what is held and not gained, as a balance: `last` and `first` take the rows at the last or first time of each period, `average` the mean over its times; it adds up over everything else',
      ),
    goals: z
      .array(goal)
      .default([])
      .describe('what it is to come to in each month, quarter, …: cycles ask whether it is on its way there'),
    format: z
      .enum(['number', 'percent', 'money', 'duration'])
      .default('number')
      .describe('how its numbers are written; a `percent` is a share of 1'),
  })
  .describe('a named measure over time')

const funnel = z
  .strictObject({
    label: text.optional().describe('as readers see it; absent: made from the name'),
    time: z.string().optional().describe('field of the time at which one began; absent: `created` of `semantics`'),
    events: text.describe('relation, or path of relations as `users.events`, to what those who began did'),
    stages: z
      .array(
        z.union([text, z.strictObject({ name: text, where: text })], {
          error: 'the name of an event, or a map of `name` and `where`',
        }),
      )
      .min(1, because('is empty', 'Name what they are to do first, then what they are to do next.'))
      .max(11, because('has too many stages', 'Leave some out: 11 is the most.'))
      .describe('what they are to do, one after the other: names of events, or `{ name: Paid, where: amount > 0 }`'),
    within: z
      .string()
      .regex(/^[1-9]\d? (days?|weeks?)$/, because('is no length of time', 'Write it as `14 days` or `4 weeks`.'))
      .describe('from their beginning on: who began later is not counted yet'),
  })
  .describe('stages that rows of this model go through')

const semantics = z
  .strictObject({
    kind: z
      .enum(['account', 'user', 'event', 'subscription', 'invoice', 'ticket', 'other'])
      .default('other')
      .describe('what a row stands for'),
    name: z.string().optional().describe('field that names a row to a reader'),
    created: z.string().optional().describe('field of the time at which a row came to be'),
    time: z.string().optional().describe('field of the time at which an event happened'),
  })
  .describe('what the model’s rows stand for')

export const modelSchema = z
  .strictObject({
    table: text.optional().describe('table or view, as `accounts` or `schema.accounts`'),
    sql: text.optional().describe('a `select` instead of a table'),
    key: z
      .union([text, z.array(text).min(1)], { error: 'a column or a list of columns' })
      .describe('physical column(s) that identify a row'),
    label: text.optional().describe('as readers see it; absent: made from the name'),
    description: text.optional().describe('what a row stands for, in a sentence'),
    synonyms: words.default([]).describe('other words that people use for it'),
    fields: z.record(name, field).describe('columns by name; one that is left out does not exist for explorations'),
    relations: z.record(name, relation).default({}).describe('paths to other models'),
    semantics: semantics.optional(),
    metrics: z.record(name, metric).default({}).describe('named measures; a name is used once in the whole catalog'),
    funnels: z
      .record(name, funnel)
      .default({})
      .describe('what those who begin are to do next: cycles ask whether they still go on as often'),
    portrait: z
      .boolean()
      .default(false)
      .describe(
        'whether cycles also tell what stands in these rows (a value unlike its siblings, an old trend, measures that go together), not only what is new: for small tables that nobody has looked at',
      ),
    policies: z
      .array(z.strictObject({ where: text.describe('condition that every row must meet') }))
      .default([])
      .describe('conditions that are part of every query'),
    explorations: z
      .array(
        z.strictObject({
          title: text.describe('what it answers'),
          text: text.describe('the exploration'),
        }),
      )
      .default([])
      .describe('prepared explorations, found by search'),
  })
  .describe('a table in business words: exactly one of `table` and `sql`')

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

const calendar = z
  .strictObject({
    week_starts: z.enum(weekdays).default('monday').describe('first day of a week'),
    fiscal_year_starts: z
      .int()
      .min(1, because('is not a month', 'Write its number, 1 to 12.'))
      .max(12, because('is not a month', 'Write its number, 1 to 12.'))
      .default(1)
      .describe(
        'month in which years start, and quarters with them, 1 to 12: the fiscal year; written dates as `2025` and `2025-Q3` are those of everybody',
      ),
  })
  .describe('how time is counted; in one file only')

/** One file of the catalog folder. The descriptions are the reference page. */
export const catalogSchema = z
  .strictObject({
    models: z.record(name, modelSchema).default({}).describe('models by name'),
    calendar: calendar.optional(),
    events: z
      .array(
        z.strictObject({
          name: text.describe('what happened'),
          from: day.describe('first day, `YYYY-MM-DD`'),
          to: day.describe('last day, included'),
        }),
      )
      .default([])
      .describe('days on which something known happened: no evidence for anything'),
  })
  .describe('what a warehouse holds, in business words')

export type ModelText = z.output<typeof modelSchema>
export type CatalogText = z.output<typeof catalogSchema>

/** Whether `text` is `YYYY-MM-DD` and such a day exists. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text)
}
