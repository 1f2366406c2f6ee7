import { aroundMedian, growth, happens, rows, type Trade, wave } from '../trade.ts'

export const marketplace: Trade = {
  name: 'marketplace',
  shape: 'two kinds of accounts, sellers of very unequal size that come and go, category that goes with country',
  asOf: '2026-02-22',
  days: 420,
  timezone: 'America/Los_Angeles',
  events: [{ name: 'Sale', from: '2025-11-28', to: '2025-12-01' }],
  model: 'order',
  kind: 'other',
  time: { field: 'ordered_at', type: 'timestamp' },
  perDay: 700,
  level: ({ weekday, season, ago, date }) =>
    [1.2, 1.05, 0.95, 0.9, 0.95, 1, 1.1][weekday]! *
    wave(season, 0.2, 0.95) *
    growth(ago, 0.5) *
    (date >= '2025-11-28' && date <= '2025-12-01' ? 1.9 : 1),
  noise: { deviation: 0.08, memory: 0.5, clump: 1.3 },
  accounts: {
    count: 400,
    spread: 1.5,
    began: 0.5,
    ended: 0.25,
    fields: {
      country: { US: 0.5, MX: 0.3, CA: 0.2 },
      category: ({ 'account.country': country }) =>
        country === 'MX'
          ? { home: 0.6, toys: 0.3, tools: 0.1, garden: 0 }
          : { home: 0.3, toys: 0.2, tools: 0.3, garden: 0.2 },
    },
  },
  relations: { buyer: { to: 'buyer', one: 'buyer_id' } },
  models: {
    buyer: {
      sql: "select distinct buyer_id as id, case when buyer_id % 5 = 0 then 'business' else 'private' end as buyer_kind from happened",
      key: 'id',
      fields: { id: { type: 'number', hidden: true }, buyer_kind: { type: 'text' } },
      relations: { orders: { to: 'order', many: 'buyer_id' } },
      semantics: { kind: 'account' },
    },
  },
  fields: {
    channel: { app: 0.5, site: 0.4, 'gift card 🎁': 0.1 },
    shipping: { standard: 0.7, express: 0.25, pickup: 0.05 },
    coupon: { null: 0.8, WELCOME: 0.12, LOYAL: 0.08 },
  },
  columns: {
    buyer_id: { type: 'number', draw: (_, __, random) => Math.floor(8000 * random.uniform() ** 2) + 1 },
    price: { type: 'number', draw: (_, times, random) => Number((times * aroundMedian(32, 0.9, random)).toFixed(2)) },
    is_returned: {
      type: 'boolean',
      draw: ({ channel }, times, random) => happens(times * (channel === 'app' ? 0.08 : 0.06), random),
    },
  },
  metrics: {
    orders: { measure: 'count()', good: 'up', moves: { rows: 1 } },
    sales: { measure: 'sum(price)', good: 'up', format: 'money', moves: { rows: 1, price: 1 } },
    order_value: { measure: 'avg(price)', good: 'up', format: 'money', moves: { price: 1 } },
    return_rate: {
      measure: 'count(where is_returned) / count()',
      good: 'down',
      format: 'percent',
      moves: { is_returned: 1 },
    },
  },
  slices: ['channel', 'shipping', 'coupon', 'account.country', 'account.category', 'buyer.buyer_kind'],
  scenarios: [
    [
      {
        slice: [
          { field: 'account.country', value: 'MX' },
          { field: 'account.category', value: 'home' },
        ],
        moves: rows,
        factor: 0.55,
        ago: 24,
      },
    ],
    [{ slice: [{ field: 'account', value: 0 }], moves: rows, factor: 0.1, ago: 27 }],
    [{ slice: [{ field: 'coupon', value: 'WELCOME' }], moves: 'price', factor: 0.6, ago: 20 }],
    [{ slice: [{ field: 'shipping', value: 'express' }], moves: 'is_returned', factor: 2.2, ago: 34 }],
    [
      { slice: [{ field: 'channel', value: 'app' }], moves: rows, factor: 0.6, ago: 30 },
      { slice: [{ field: 'account.category', value: 'tools' }], moves: 'price', factor: 1.5, ago: 16 },
    ],
    [{ slice: [{ field: 'account.category', value: 'garden' }], moves: rows, factor: 1.9, ago: 62, isSlow: true }],
  ],
}
