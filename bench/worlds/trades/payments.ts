import { aroundMedian, growth, happens, rows, type Trade, wave } from '../trade.ts'

const sizes: Readonly<Record<string, number>> = {
  card: 24.9,
  'bank transfer': 310,
  wallet: 12.5,
  'buy now, pay later': 95,
}
const failing: Readonly<Record<string, number>> = {
  card: 0.05,
  'bank transfer': 0.015,
  wallet: 0.03,
  'buy now, pay later': 0.09,
}

export const payments: Trade = {
  name: 'payments',
  shape: 'amounts with heavy tails and decimals, weeks and paydays, currencies, empty fields',
  asOf: '2026-05-31',
  days: 500,
  timezone: 'Europe/Berlin',
  model: 'payment',
  time: { field: 'paid_at', type: 'timestamp' },
  perDay: 800,
  level: ({ weekday, dayOfMonth, season, ago }) =>
    [0.8, 0.95, 0.95, 1, 1.05, 1.25, 1][weekday]! *
    (dayOfMonth <= 3 || dayOfMonth >= 27 ? 1.25 : 0.95) *
    wave(season, 0.15, 0.95) *
    growth(ago, 0.3),
  noise: { deviation: 0.07, memory: 0.5 },
  accounts: {
    count: 500,
    spread: 1.2,
    began: 0.4,
    ended: 0.15,
    fields: {
      sector: { retail: 0.4, food: 0.3, travel: 0.2, 'arts & crafts': 0.1 },
      tier: ({ 'account.sector': sector }) =>
        sector === 'retail' ? { key: 0.3, standard: 0.7 } : { key: 0.1, standard: 0.9 },
    },
  },
  fields: {
    method: { card: 0.55, 'bank transfer': 0.15, wallet: 0.22, 'buy now, pay later': 0.08 },
    currency: { EUR: 0.6, GBP: 0.18, SEK: 0.1, PLN: 0.08, CHF: 0.035, ISK: 0.005 },
    issuer_country: { DE: 0.3, FR: 0.2, GB: 0.17, SE: 0.1, PL: 0.1, null: 0.13 },
  },
  columns: {
    amount: {
      type: 'number',
      draw: ({ method }, times, random) =>
        Number(Number((times * aroundMedian(sizes[method ?? ''] ?? 20, 1.1, random)).toFixed(2))),
    },
    is_failed: {
      type: 'boolean',
      draw: ({ method }, times, random) => happens(times * (failing[method ?? ''] ?? 0.05), random),
    },
  },
  metrics: {
    payments: { measure: 'count()', good: 'up', moves: { rows: 1 } },
    volume: {
      measure: 'sum(amount where is_failed = false)',
      good: 'up',
      format: 'money',
      moves: { rows: 1, amount: 1, is_failed: -1 },
    },
    average_payment: { measure: 'avg(amount)', format: 'money', moves: { amount: 1 } },
    failure_rate: {
      measure: 'count(where is_failed) / count()',
      good: 'down',
      format: 'percent',
      moves: { is_failed: 1 },
    },
  },
  slices: ['method', 'currency', 'issuer_country', 'account.sector', 'account.tier'],
  scenarios: [
    [{ slice: [{ field: 'method', value: 'wallet' }], moves: 'is_failed', factor: 2.2, ago: 24 }],
    [{ slice: [{ field: 'currency', value: 'GBP' }], moves: rows, factor: 0.6, ago: 30 }],
    [{ slice: [{ field: 'issuer_country', value: null }], moves: 'is_failed', factor: 2.5, ago: 20 }],
    [{ slice: [{ field: 'account.sector', value: 'travel' }], moves: 'amount', factor: 1.6, ago: 35 }],
    [
      {
        slice: [
          { field: 'method', value: 'card' },
          { field: 'currency', value: 'SEK' },
        ],
        moves: rows,
        factor: 0.45,
        ago: 27,
      },
      { slice: [{ field: 'account.sector', value: 'food' }], moves: 'is_failed', factor: 2, ago: 40 },
    ],
    [{ slice: [{ field: 'method', value: 'buy now, pay later' }], moves: rows, factor: 2.5, ago: 2, lasts: 1 }],
  ],
}
