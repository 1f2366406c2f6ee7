import { aroundMedian, growth, rows, type Trade } from '../trade.ts'

const share: Readonly<Record<string, number>> = {
  search: 0.05,
  social: 0.012,
  display: 0.006,
  video: 0.009,
  audio: 0.02,
}

export const advertising: Trade = {
  name: 'advertising',
  shape:
    'rows that are totals of an ad and hour, ratios of sums, what interrupted and is over, a value that was not there before',
  asOf: '2026-04-08',
  days: 365,
  timezone: 'America/Sao_Paulo',
  model: 'placement',
  time: { field: 'shown_at', type: 'timestamp' },
  perDay: 220,
  level: ({ weekday, ago }) => [1.2, 0.95, 0.95, 0.95, 1, 1.05, 1.2][weekday]! * growth(ago, 0.3),
  noise: { deviation: 0.1, memory: 0.85 },
  fields: {
    channel: { search: 0.35, social: 0.3, display: 0.2, video: 0.15, audio: 0 },
    device: { desktop: 0.4, phone: 0.42, tablet: 0.18 },
    country: { US: 0.35, BR: 0.2, IN: 0.2, FR: 0.15, PL: 0.1 },
  },
  columns: {
    impressions: { type: 'number', draw: (_, times, random) => Math.round(times * aroundMedian(2000, 0.8, random)) },
    clicks: {
      type: 'number',
      draw: ({ channel }, times, random) => random.poisson(times * share[channel!]! * aroundMedian(2000, 0.3, random)),
    },
    sales: {
      type: 'number',
      draw: ({ device }, times, random) => random.poisson(times * (device === 'desktop' ? 3 : 2)),
    },
    cost: { type: 'number', draw: (_, times, random) => Number((times * aroundMedian(6, 0.4, random)).toFixed(2)) },
  },
  metrics: {
    impressions: { measure: 'sum(impressions)', good: 'up', moves: { rows: 1, impressions: 1 } },
    clicks: { measure: 'sum(clicks)', good: 'up', moves: { rows: 1, clicks: 1 } },
    spend: { measure: 'sum(cost)', good: 'down', format: 'money', moves: { rows: 1, cost: 1 } },
    click_rate: {
      measure: 'sum(clicks) / sum(impressions)',
      good: 'up',
      format: 'percent',
      moves: { clicks: 1, impressions: -1 },
    },
    sales_a_click: { measure: 'sum(sales) / sum(clicks)', good: 'up', moves: { sales: 1, clicks: -1 } },
    cost_a_click: { measure: 'sum(cost) / sum(clicks)', good: 'down', format: 'money', moves: { cost: 1, clicks: -1 } },
  },
  slices: ['channel', 'device', 'country'],
  scenarios: [
    [{ slice: [{ field: 'device', value: 'tablet' }], moves: 'sales', factor: 0.5, ago: 25, lasts: 19 }],
    [{ slice: [{ field: 'country', value: 'BR' }], moves: 'cost', factor: 1.9, ago: 41, isSlow: true }],
    [{ slice: [{ field: 'channel', value: 'display' }], moves: rows, factor: 0.4, ago: 20, becomes: 'audio' }],
    [
      {
        slice: [
          { field: 'channel', value: 'social' },
          { field: 'device', value: 'phone' },
        ],
        moves: 'clicks',
        factor: 0.6,
        ago: 27,
      },
    ],
  ],
}
