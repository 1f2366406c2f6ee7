import { aroundMedian, growth, officeWeek, rows, type Trade } from '../trade.ts'

const stamp = (at: number): string => new Date(at).toISOString().replace('T', ' ').slice(0, 19)
const dayMs = 86_400_000
/** Chance a day that a subscription ends. */
const hazards: Readonly<Record<string, number>> = { starter: 0.005, pro: 0.003, scale: 0.0015 }

export const subscriptions: Trade = {
  name: 'subscriptions',
  shape: 'state over time: what began, what ended and what is held (a total a day), money by plan',
  asOf: '2026-08-30',
  days: 600,
  model: 'subscription',
  kind: 'subscription',
  time: { field: 'started_at', type: 'timestamp' },
  perDay: 70,
  level: (day) => officeWeek(day) * growth(day.ago, 0.4),
  noise: { deviation: 0.1, memory: 0.4 },
  fields: {
    plan: { starter: 0.55, pro: 0.33, scale: 0.12 },
    country: { US: 0.4, BR: 0.2, IN: 0.2, JP: 0.12, ZA: 0.08 },
    term: { monthly: 0.75, yearly: 0.25 },
  },
  columns: {
    ended_at: {
      type: 'timestamp',
      draw: ({ plan, term }, _, random, at, timesAfter) => {
        const hazard = hazards[plan ?? '']! * (term === 'yearly' ? 0.4 : 1)
        for (let day = 1; day < 700; day++)
          if (random.uniform() < hazard * timesAfter(day))
            return at.getTime() + day * dayMs < Date.UTC(2026, 7, 31, 6) ? stamp(at.getTime() + day * dayMs) : ''
        return ''
      },
    },
    mrr: {
      type: 'number',
      draw: ({ plan }, times, random) =>
        Math.round(times * aroundMedian(plan === 'scale' ? 500 : plan === 'pro' ? 90 : 19, 0.4, random)),
    },
  },
  tables: {
    held: `select d::date as day, plan, country, term, count(*) as active, sum(mrr) as mrr, md5(concat(d, plan, country, term)) as id
from happened, lateral (select unnest(generate_series(greatest(started_at::date, date '2025-06-01'), least(coalesce(ended_at::date, date '2026-08-31'), date '2026-08-31'), interval 1 day)) as d) group by all`,
  },
  models: {
    held: {
      table: 'held',
      key: 'id',
      fields: {
        id: { type: 'text', hidden: true },
        day: { type: 'date' },
        plan: { type: 'text' },
        country: { type: 'text' },
        term: { type: 'text' },
        active: { type: 'number', over_time: 'last' },
        mrr: { type: 'number', over_time: 'last' },
      },
    },
  },
  metrics: {
    new_subscriptions: { measure: 'count()', good: 'up', moves: { rows: 1 } },
    new_mrr: { measure: 'sum(mrr)', good: 'up', format: 'money', moves: { rows: 1, mrr: 1 } },
    cancellations: { measure: 'count()', good: 'down', time: 'ended_at', moves: { rows: 1, ended_at: 1 } },
    active: {
      of: 'held',
      measure: 'sum(active)',
      good: 'up',
      time: 'day',
      over_time: 'last',
      moves: { rows: 1, ended_at: -1 },
    },
    held_mrr: {
      of: 'held',
      measure: 'sum(mrr)',
      good: 'up',
      format: 'money',
      time: 'day',
      over_time: 'last',
      moves: { rows: 1, mrr: 1, ended_at: -1 },
    },
  },
  slices: ['plan', 'country', 'term'],
  scenarios: [
    [{ slice: [{ field: 'plan', value: 'pro' }], moves: 'ended_at', factor: 2.2, ago: 24 }],
    [{ slice: [{ field: 'country', value: 'BR' }], moves: rows, factor: 0.5, ago: 30 }],
    [{ slice: [{ field: 'plan', value: 'starter' }], moves: 'mrr', factor: 1.4, ago: 34 }],
    [
      {
        slice: [
          { field: 'country', value: 'IN' },
          { field: 'plan', value: 'starter' },
        ],
        moves: rows,
        factor: 0.3,
        ago: 35,
      },
    ],
    [
      { slice: [{ field: 'term', value: 'yearly' }], moves: rows, factor: 0.5, ago: 40 },
      { slice: [{ field: 'country', value: 'US' }], moves: 'ended_at', factor: 1.8, ago: 20 },
    ],
    [{ slice: [{ field: 'country', value: 'JP' }], moves: 'ended_at', factor: 6, ago: 1, lasts: 1 }],
  ],
}
