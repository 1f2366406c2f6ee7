import { z } from 'zod'
import { isCron } from './cron.ts'
import { suggestZones } from './suggest-zones.ts'

/** A refusal with its hint, as `checkShape` splits it. */
const because = (message: string, hint: string) => ({ error: `${message} | ${hint}` })

const warehousePattern =
  /^(duckdb:|files:|postgres(ql)?:\/\/|(mysql|mariadb):\/\/|clickhouse:\/\/|snowflake:\/\/|bigquery:\/\/)/
const storePattern = /^postgres(ql)?:\/\//
const address = z
  .string()
  .regex(/^[^\s@,]+@[^\s@,]+$/, because('is not a mail address', 'Write it as `ann@example.com`.'))

const timezone = z.string().superRefine((name, context) => {
  if (isTimezone(name)) return
  context.addIssue({
    code: 'custom',
    message: 'is not a known time zone | Write an IANA name, as `Europe/Tallinn` or `UTC`.',
    params: { candidates: suggestZones(name) },
  })
})

function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined
  } catch {
    return false
  }
}

const engine = z.strictObject({
  fdr: z
    .number()
    .gt(0, because('is not above 0', 'Write the share of findings that may be false, as 0.05.'))
    .max(0.5, because('is above 0.5', 'Write the share of findings that may be false, as 0.05.'))
    .default(0.05)
    .describe('share of findings that may be false (the false-discovery rate), 0 to 0.5'),
  budget: z
    .strictObject({
      hypotheses: z
        .int()
        .positive(because('is not above 0', 'Write how many hypotheses a cycle may test, as 20000.'))
        .default(20_000)
        .describe('most hypotheses that a cycle tests'),
      seconds: z
        .number()
        .positive(because('is not above 0', 'Write how many seconds a cycle may take, as 600.'))
        .default(600)
        .describe(
          'seconds after which a cycle begins no further query: by the clock in one process, of its queries together where workers share it',
        ),
      bytes: z
        .number()
        .positive(because('is not above 0', 'Write how many bytes a cycle may read, as 50e9.'))
        .optional()
        .describe(
          'most bytes that the queries of templates read, as estimated from rows of tables and types of columns; without it as many as they like',
        ),
    })
    .prefault({})
    .describe('limits of one cycle'),
  shown: z
    .int()
    .min(1, because('is below 1', 'Write how many findings a digest shows, as 5.'))
    .max(50, because('is above 50', 'Write how many findings a digest shows, as 5.'))
    .default(5)
    .describe('findings in a digest'),
})

const llm = z.strictObject({
  baseURL: z
    .string()
    .regex(/^https?:\/\//, because('is not an address', 'Write it as `https://host/v1`.'))
    .describe('base address of an endpoint that speaks the OpenAI protocol'),
  apiKey: z.string().optional().describe('key that it asks for; take it from the environment'),
  model: z.string().min(1).describe('name of the model that answers'),
  timeoutMs: z
    .int()
    .positive(because('is not above 0', 'Write milliseconds, as 3500.'))
    .default(3500)
    .describe('milliseconds after which a call is given up; ten times as many for suggestions, which nobody waits for'),
  seed: z.int().optional().describe('seed that is sent along, for answers that can be repeated'),
  roles: z
    .strictObject({
      repair: z.string().optional().describe('model that mends a refused exploration'),
      suggest: z
        .string()
        .optional()
        .describe('model that suggests hypotheses, asked once a cycle; absent: none are suggested'),
    })
    .prefault({})
    .describe('other models for single tasks'),
})

const team = z
  .strictObject({
    digest: z
      .string()
      .refine(isCron, because('is not a schedule', 'Write minute, hour, day, month and weekday, as `0 8 * * mon-fri`.'))
      .describe('when the digest goes out: minute, hour, day, month, weekday, in the workspace’s time zone'),
    members: z.array(address).default([]).describe('mail addresses of those who get it'),
    follows: z.array(z.string()).default([]).describe('metrics that the digest tells of; empty for all'),
  })
  .describe('those who share a digest')

/** `hunch.yaml`. The descriptions are the reference page. */
export const configSchema = z
  .strictObject({
    workspace: z
      .string()
      .regex(
        /^[a-z0-9][a-z0-9_-]{0,62}$/,
        because('is not a plain name', 'Use up to 63 small letters, digits, `-` and `_`, as `acme`.'),
      )
      .describe('name of the workspace: small letters, digits, `-` and `_`'),
    timezone: timezone.default('UTC').describe('IANA time zone in which days begin and schedules run'),
    warehouse: z
      .string()
      .regex(
        warehousePattern,
        because(
          'is not the address of a warehouse',
          'It begins with `duckdb:`, `files:`, `postgres://`, `mysql://`, `mariadb://`, `clickhouse://`, `snowflake://` or `bigquery://`.',
        ),
      )
      .describe(
        'address of the warehouse: `duckdb:<file>`, `files:<folder of csv or parquet>`, `postgres://…`, `mysql://…`, `mariadb://…`, `clickhouse://…`; `snowflake://…` and `bigquery://…` are not run against a live warehouse',
      ),
    catalog: z.string().min(1).default('./catalog').describe('folder of the catalog’s `*.yaml` files'),
    store: z
      .string()
      .regex(storePattern, because('is not the address of a Postgres', 'Write it as `postgres://user@host/database`.'))
      .optional()
      .describe('Postgres of Hunch’s own state; absent: one embedded under `./.hunch`'),
    queue: z
      .string()
      .regex(/^rediss?:\/\//, because('is not the address of a Redis', 'Write it as `redis://host:6379`.'))
      .optional()
      .describe('Redis for the queues; absent: they live in the store’s Postgres'),
    mail: z
      .strictObject({
        smtp: z
          .string()
          .regex(/^smtps?:\/\//, because('is not the address of a mail server', 'Write it as `smtp://host:587`.'))
          .optional()
          .describe('mail server; absent: mails are kept in the outbox'),
        from: z.string().min(1).default('Hunch <hunch@localhost>').describe('sender of the digests'),
      })
      .prefault({})
      .describe('how digests are sent; absent: an outbox, readable at `/outbox`'),
    web: z
      .strictObject({
        url: z
          .string()
          .regex(/^https?:\/\/[^\s/]/, because('is not an address', 'Write it as `http://localhost:4321`.'))
          .default('http://localhost:4321')
          .describe('address at which readers reach the pages: links in mails begin with it'),
      })
      .prefault({})
      .describe('pages and API'),
    engine: engine.prefault({}).describe('how much is tested and told'),
    llm: llm
      .optional()
      .describe(
        'a language model for questions and for suggested hypotheses; absent: the built-in planner answers alone',
      ),
    teams: z.record(z.string(), team).default({}).describe('who gets a digest of what, by the name of the team'),
  })
  .describe('a workspace: one warehouse with its catalog, and who hears of its findings')
