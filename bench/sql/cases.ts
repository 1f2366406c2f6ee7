import { utcCalendar } from '../../src/base/periods.ts'
import type { Catalog, FieldType, Model, Relation } from '../../src/catalog/catalog.ts'

function model(name: string, fields: Readonly<Record<string, FieldType>>, relations: readonly Relation[]): Model {
  const all = Object.entries(fields).map(([field, type]) => ({
    name: field,
    column: field,
    type,
    label: field,
    description: undefined,
    synonyms: [],
    unit: undefined,
    values: [],
    hidden: false,
    pii: false,
  }))
  return {
    name,
    source: { table: `${name}s` },
    key: ['id'],
    label: name,
    description: undefined,
    synonyms: [],
    fields: Object.fromEntries(all.map((field) => [field.name, field])),
    relations: Object.fromEntries(relations.map((relation) => [relation.name, relation])),
    semantics: undefined,
    metrics: {},
    policies: [],
    explorations: [],
  }
}

const relation = (name: string, to: string, cardinality: 'one' | 'many', own: string, other: string): Relation => ({
  name,
  label: name,
  to,
  cardinality,
  pairs: [{ own, other }],
  valid: undefined,
  through: undefined,
})

const account = { id: 'number', plan: 'text', country: 'text', created_at: 'timestamp' } as const
const event = { id: 'number', account_id: 'number', name: 'text', at: 'timestamp', amount: 'number' } as const
export const catalog: Catalog = {
  models: {
    account: model('account', account, [relation('events', 'event', 'many', 'id', 'account_id')]),
    event: model('event', event, [relation('account', 'account', 'one', 'account_id', 'id')]),
  },
  calendar: utcCalendar,
  events: [],
}

interface Case {
  readonly title: string
  readonly exploration: string
  readonly sql: string
  /** Where Postgres says it otherwise. */
  readonly postgres?: string
}

/** Twenty questions, each with the SQL that somebody writes by hand who knows the engine. */
export const cases: readonly Case[] = [
  {
    title: 'shared scan: days by two fields',
    exploration:
      'from event\nwhere at in last 400 days\ngroup by day(at), name: n = count(), total = sum(amount), large = count(where amount > 90) / count()',
    sql: `SELECT "at"::date, name, count(*), sum(amount), count(*) FILTER (WHERE amount > 90) * 1.0 / count(*) FROM events
      WHERE "at" >= TIMESTAMP '2023-11-28' AND "at" < TIMESTAMP '2025-01-01' GROUP BY 1, 2 ORDER BY 1, 2`,
  },
  {
    title: 'the same in Tallinn',
    exploration: 'timezone Europe/Tallinn\nfrom event\nwhere at in last 400 days\ngroup by day(at), name: n = count()',
    sql: `SELECT ("at"::timestamptz AT TIME ZONE 'Europe/Tallinn')::date, name, count(*) FROM events
      WHERE "at" >= TIMESTAMP '2023-11-27 22:00:00' AND "at" < TIMESTAMP '2024-12-31 22:00:00' GROUP BY 1, 2 ORDER BY 1, 2`,
  },
  {
    title: 'through a relation',
    exploration: 'from event\nwhere at in 2024\ngroup by month(at), account.plan: n = count(), total = sum(amount)',
    sql: `SELECT date_trunc('month', e."at")::date, a.plan, count(*), sum(e.amount) FROM events e LEFT JOIN accounts a ON a.id = e.account_id
      WHERE e."at" >= TIMESTAMP '2024-01-01' AND e."at" < TIMESTAMP '2025-01-01' GROUP BY 1, 2 ORDER BY 1, 2`,
  },
  {
    title: 'related rows, then their mean',
    exploration: 'from account\nadd n = count(events where name = "login")\ngroup by plan: mean = avg(n)',
    sql: `SELECT plan, avg(coalesce(n, 0)) FROM accounts LEFT JOIN
      (SELECT account_id, count(*) AS n FROM events WHERE name = 'login' GROUP BY 1) c ON c.account_id = accounts.id GROUP BY 1 ORDER BY 1`,
  },
  {
    title: 'distinct and median',
    exploration: 'from event\ngroup by week(at): accounts = count_distinct(account), middle = median(amount)',
    sql: `SELECT date_trunc('week', "at")::date, count(DISTINCT account_id), median(amount) FROM events GROUP BY 1 ORDER BY 1`,
    postgres: `SELECT date_trunc('week', "at")::date, count(DISTINCT account_id), percentile_cont(0.5) WITHIN GROUP (ORDER BY amount)
      FROM events GROUP BY 1 ORDER BY 1`,
  },
  {
    title: 'fill, previous and share',
    exploration:
      'from event\nwhere at in 2024\ngroup by day(at), name: n = count()\nfill day per name with 0\nadd before = previous(n)\nadd share = n / total(n per day)\nsort day, name',
    sql: `WITH daily AS (SELECT "at"::date AS day, name, count(*) AS n FROM events
        WHERE "at" >= TIMESTAMP '2024-01-01' AND "at" < TIMESTAMP '2025-01-01' GROUP BY 1, 2),
      grid AS (SELECT day, name FROM (SELECT unnest(generate_series(TIMESTAMP '2024-01-01', TIMESTAMP '2024-12-31', INTERVAL 1 day))::date AS day)
        CROSS JOIN (SELECT DISTINCT name FROM daily)),
      filled AS (SELECT day, name, coalesce(n, 0) AS n FROM grid LEFT JOIN daily USING (day, name))
      SELECT day, name, n, lag(n) OVER (PARTITION BY name ORDER BY day), n / sum(n) OVER (PARTITION BY day) FROM filled ORDER BY 1, 2`,
    postgres: `WITH daily AS (SELECT "at"::date AS day, name, count(*) AS n FROM events
        WHERE "at" >= TIMESTAMP '2024-01-01' AND "at" < TIMESTAMP '2025-01-01' GROUP BY 1, 2),
      grid AS (SELECT day, name FROM (SELECT generate_series(TIMESTAMP '2024-01-01', TIMESTAMP '2024-12-31', INTERVAL '1 day')::date AS day) d
        CROSS JOIN (SELECT DISTINCT name FROM daily) n),
      filled AS (SELECT day, name, coalesce(n, 0) AS n FROM grid LEFT JOIN daily USING (day, name))
      SELECT day, name, n, lag(n) OVER (PARTITION BY name ORDER BY day), n * 1.0 / nullif(sum(n) OVER (PARTITION BY day), 0) FROM filled ORDER BY 1, 2`,
  },
  {
    title: 'the ten largest accounts',
    exploration: 'from account\nadd total = sum(events.amount)\ntop 10 by total\nshow id, total',
    sql: `SELECT a.id, s.total FROM accounts a LEFT JOIN (SELECT account_id, sum(amount) AS total FROM events GROUP BY 1) s ON s.account_id = a.id
      ORDER BY s.total DESC NULLS LAST, a.id LIMIT 10`,
  },
  {
    title: 'those without any of late',
    exploration: 'from account\nwhere none(events where at in last 30 days)\ngroup by plan: n = count()',
    sql: `SELECT plan, count(*) FROM accounts a WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.account_id = a.id AND e."at" >= TIMESTAMP '2024-12-02'
      AND e."at" < TIMESTAMP '2025-01-01') GROUP BY 1 ORDER BY 1`,
  },
  {
    title: 'within a week of signing up',
    exploration:
      'from account\nwhere any(events where at >= this.created_at and at < this.created_at + 7 days)\ngroup by country: n = count()',
    sql: `SELECT country, count(*) FROM accounts a WHERE EXISTS (SELECT 1 FROM events e WHERE e.account_id = a.id AND e."at" >= a.created_at
      AND e."at" < a.created_at + INTERVAL '7 days') GROUP BY 1 ORDER BY 1`,
  },
  {
    title: 'three to-many aggregates side by side',
    exploration:
      'from account\nadd logins = count(events where name = "login")\nadd views = count(events where name = "view")\nadd last_at = max(events.at)\ngroup by plan: logins = sum(logins), views = sum(views), last_at = max(last_at)',
    sql: `SELECT plan, sum(coalesce(e.logins, 0)), sum(coalesce(e.views, 0)), max(e.last_at) FROM accounts LEFT JOIN (SELECT account_id,
      count(*) FILTER (WHERE name = 'login') AS logins, count(*) FILTER (WHERE name = 'view') AS views, max("at") AS last_at FROM events GROUP BY 1) e
      ON e.account_id = accounts.id GROUP BY 1 ORDER BY 1`,
  },
  {
    title: 'shares per group and of all',
    exploration:
      'from event\nwhere at in 2024\ngroup by name, account.plan: part = count() / count(per name), of_all = count() / count(per all)',
    sql: `WITH g AS (SELECT e.name, a.plan, count(*) AS n FROM events e LEFT JOIN accounts a ON a.id = e.account_id WHERE e."at" >= TIMESTAMP '2024-01-01'
      AND e."at" < TIMESTAMP '2025-01-01' GROUP BY 1, 2) SELECT name, plan, n * 1.0 / sum(n) OVER (PARTITION BY name), n * 1.0 / sum(n) OVER () FROM g ORDER BY 1, 2`,
  },
  {
    title: 'groups kept by their size',
    exploration:
      'from event\ngroup by account_id: n = count(), total = sum(amount)\nwhere n > 60\ngroup all: accounts = count(), mean = avg(total)',
    sql: `SELECT count(*), avg(total) FROM (SELECT account_id, count(*) AS n, sum(amount) AS total FROM events GROUP BY 1 HAVING count(*) > 60) g`,
  },
  {
    title: 'running total by month',
    exploration: 'from event\ngroup by month(at), name: n = count()\nadd so_far = running_sum(n)',
    sql: `WITH g AS (SELECT date_trunc('month', "at")::date AS month, name, count(*) AS n FROM events GROUP BY 1, 2)
      SELECT month, name, n, sum(n) OVER (PARTITION BY name ORDER BY month) FROM g ORDER BY 1, 2`,
  },
  {
    title: 'top three of each group',
    exploration:
      'from event\nwhere at in 2024\ngroup by account.country, account_id: n = count()\ntop 3 by n per country',
    sql: `WITH g AS (SELECT a.country, e.account_id, count(*) AS n FROM events e LEFT JOIN accounts a ON a.id = e.account_id WHERE e."at" >= TIMESTAMP '2024-01-01'
      AND e."at" < TIMESTAMP '2025-01-01' GROUP BY 1, 2) SELECT country, account_id, n FROM (SELECT *, row_number() OVER (PARTITION BY country
      ORDER BY n DESC, account_id) AS place FROM g) ranked WHERE place <= 3 ORDER BY country, n DESC, account_id`,
  },
  {
    title: 'two ranges compared',
    exploration:
      'from event\ncompare at in last month to last month 1 year ago by name: n = count(), total = sum(amount)',
    sql: `WITH g AS (SELECT name, count(*) FILTER (WHERE "at" >= TIMESTAMP '2024-12-01' AND "at" < TIMESTAMP '2025-01-01') AS n,
      count(*) FILTER (WHERE "at" >= TIMESTAMP '2023-12-01' AND "at" < TIMESTAMP '2024-01-01') AS n_before,
      sum(amount) FILTER (WHERE "at" >= TIMESTAMP '2024-12-01' AND "at" < TIMESTAMP '2025-01-01') AS total,
      sum(amount) FILTER (WHERE "at" >= TIMESTAMP '2023-12-01' AND "at" < TIMESTAMP '2024-01-01') AS total_before FROM events
      WHERE ("at" >= TIMESTAMP '2024-12-01' AND "at" < TIMESTAMP '2025-01-01') OR ("at" >= TIMESTAMP '2023-12-01' AND "at" < TIMESTAMP '2024-01-01') GROUP BY 1)
      SELECT name, n, n_before, n - n_before, n * 1.0 / nullif(n_before, 0) - 1, total, total_before, total - total_before, total / nullif(total_before, 0) - 1
      FROM g ORDER BY 1`,
  },
  {
    title: 'one column a value',
    exploration: 'from event\npivot name in ("login", "view", "edit") by month(at): n = count()',
    sql: `SELECT date_trunc('month', "at")::date, count(*) FILTER (WHERE name = 'login'), count(*) FILTER (WHERE name = 'view'),
      count(*) FILTER (WHERE name = 'edit') FROM events GROUP BY 1 ORDER BY 1`,
  },
  {
    title: 'the last of each',
    exploration: 'from event\nwhere at in last 90 days\ngroup by account_id: last_one = last(name by at)',
    sql: `SELECT account_id, arg_max(name, "at") FROM events WHERE "at" >= TIMESTAMP '2024-10-03' AND "at" < TIMESTAMP '2025-01-01' GROUP BY 1 ORDER BY 1`,
    postgres: `SELECT DISTINCT ON (account_id) account_id, name FROM events WHERE "at" >= TIMESTAMP '2024-10-03' AND "at" < TIMESTAMP '2025-01-01'
      ORDER BY account_id, "at" DESC, name`,
  },
  {
    title: 'the most frequent of each',
    exploration: 'from event\nwhere at in last 90 days\ngroup by account_id: usual = mode(name)',
    sql: `SELECT account_id, name FROM (SELECT account_id, name, row_number() OVER (PARTITION BY account_id ORDER BY count(*) DESC, name) AS place FROM events
      WHERE "at" >= TIMESTAMP '2024-10-03' AND "at" < TIMESTAMP '2025-01-01' GROUP BY 1, 2) g WHERE place = 1 ORDER BY 1`,
  },
  {
    title: 'when they began, and how much since',
    exploration:
      'from account\nadd begun = min(events.at)\nadd total = sum(events.amount) ?? 0\ngroup by month(begun): accounts = count(), mean = avg(total)',
    sql: `SELECT date_trunc('month', begun)::date, count(*), avg(coalesce(total, 0)) FROM accounts LEFT JOIN (SELECT account_id, min("at") AS begun,
      sum(amount) AS total FROM events GROUP BY 1) e ON e.account_id = accounts.id GROUP BY 1 ORDER BY 1`,
  },
  {
    title: 'what is larger than one and a half times the mean',
    exploration:
      'from event\ngroup by account_id: total = sum(amount)\nwhere total > 1.5 * avg(total per all)\ngroup all: n = count()',
    sql: `WITH g AS (SELECT account_id, sum(amount) AS total FROM events GROUP BY 1) SELECT count(*) FROM g WHERE total > 1.5 * (SELECT avg(total) FROM g)`,
  },
]
