import { aroundMedian, growth, happens, rows, type Trade } from '../trade.ts'

export const agency: Trade = {
  name: 'agency',
  shape: 'three projects a day, so that it is judged by the week, over two years',
  asOf: '2026-06-28',
  days: 720,
  model: 'project',
  kind: 'other',
  time: { field: 'signed_on', type: 'date' },
  perDay: 4,
  level: ({ weekday, ago }) => [0, 1.4, 1.4, 1.4, 1.4, 1.4, 0][weekday]! * growth(ago, 0.15),
  noise: { deviation: 0.05, memory: 0 },
  accounts: { count: 120, spread: 0.8, began: 0.5, ended: 0.3, fields: { size: { small: 0.6, mid: 0.3, large: 0.1 } } },
  fields: { service: { web: 0.4, brand: 0.3, video: 0.2, print: 0.1 }, office: { Kyiv: 0.6, Lviv: 0.4 } },
  columns: {
    fee: {
      type: 'number',
      draw: ({ service }, times, random) =>
        Math.round(times * aroundMedian(service === 'web' ? 9000 : 4000, 0.7, random)),
    },
    is_rush: { type: 'boolean', draw: (_, times, random) => happens(0.2 * times, random) },
  },
  metrics: {
    projects: { measure: 'count()', good: 'up', moves: { rows: 1 } },
    fees: { measure: 'sum(fee)', good: 'up', format: 'money', moves: { rows: 1, fee: 1 } },
    average_fee: { measure: 'avg(fee)', good: 'up', format: 'money', moves: { fee: 1 } },
    rush_share: { measure: 'count(where is_rush) / count()', good: 'down', format: 'percent', moves: { is_rush: 1 } },
  },
  slices: ['service', 'office', 'account.size'],
  scenarios: [
    [{ slice: [{ field: 'service', value: 'web' }], moves: rows, factor: 0.35, ago: 55 }],
    [{ slice: [{ field: 'office', value: 'Lviv' }], moves: 'fee', factor: 1.8, ago: 62 }],
    [{ slice: [{ field: 'service', value: 'brand' }], moves: rows, factor: 2.2, ago: 48 }],
    [{ slice: [{ field: 'office', value: 'Kyiv' }], moves: 'is_rush', factor: 2.5, ago: 55 }],
    [{ slice: [{ field: 'service', value: 'video' }], moves: rows, factor: 0, ago: 55 }],
    [{ moves: 'fee', factor: 0.6, ago: 41 }],
  ],
}
