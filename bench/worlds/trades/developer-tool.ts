import { aroundMedian, growth, happens, officeWeek, rows, type Trade } from '../trade.ts'

const endpoints = Object.fromEntries(
  Array.from({ length: 50 }, (_, at) => [
    `/v2/${['users', 'jobs', 'files', 'runs', 'keys'][at % 5]}/${at}`,
    1 / (at + 1.5),
  ]),
)

export const developerTool: Trade = {
  name: 'developer tool',
  shape: 'many rows in 120 days, a few accounts are most of them, latencies, fifty endpoints, rows in clumps',
  asOf: '2026-06-21',
  days: 120,
  model: 'call',
  time: { field: 'called_at', type: 'timestamp' },
  perDay: 9000,
  level: (day) => 0.6 + 0.4 * officeWeek(day) * growth(day.ago, 0.8),
  noise: { deviation: 0.05, memory: 0.6, clump: 8 },
  accounts: {
    count: 600,
    spread: 2,
    began: 0.3,
    ended: 0.2,
    fields: { plan: { free: 0.6, team: 0.3, 'enterprise 🚀': 0.1 }, region: { us: 0.5, eu: 0.35, ap: 0.15 } },
  },
  fields: {
    endpoint: endpoints,
    sdk: { node: 0.4, python: 0.35, go: 0.15, 'c#': 0.08, "rust's": 0.02 },
    version: { '1': 0.1, '2': 0.85, '3-beta': 0.05 },
  },
  columns: {
    latency_ms: {
      type: 'number',
      draw: ({ version }, times, random) => Math.round(times * aroundMedian(version === '1' ? 140 : 80, 0.8, random)),
    },
    is_error: {
      type: 'boolean',
      draw: ({ sdk }, times, random) => happens(times * (sdk === 'go' ? 0.01 : 0.02), random),
    },
  },
  metrics: {
    calls: { measure: 'count()', good: 'up', moves: { rows: 1 } },
    calling_accounts: { measure: 'count_distinct(account_id)', good: 'up', moves: { rows: 1 } },
    error_rate: { measure: 'count(where is_error) / count()', good: 'down', format: 'percent', moves: { is_error: 1 } },
    latency: { measure: 'avg(latency_ms)', good: 'down', moves: { latency_ms: 1 } },
    median_latency: { measure: 'median(latency_ms)', good: 'down', moves: { latency_ms: 1 } },
  },
  slices: ['endpoint', 'sdk', 'version', 'account.plan', 'account.region'],
  scenarios: [
    [{ slice: [{ field: 'sdk', value: 'python' }], moves: 'is_error', factor: 1.8, ago: 12 }],
    [{ slice: [{ field: 'account.region', value: 'ap' }], moves: 'latency_ms', factor: 1.4, ago: 17 }],
    [{ slice: [{ field: 'endpoint', value: '/v2/files/2' }], moves: rows, factor: 0.5, ago: 14 }],
    [{ slice: [{ field: 'account', value: 1 }], moves: rows, factor: 3, ago: 20 }],
    [
      { slice: [{ field: 'endpoint', value: '/v2/jobs/1' }], moves: 'latency_ms', factor: 1.6, ago: 9 },
      { slice: [{ field: 'sdk', value: 'go' }], moves: 'is_error', factor: 3, ago: 25 },
    ],
    [{ slice: [{ field: 'sdk', value: 'c#' }], moves: rows, factor: 0, ago: 11 }],
  ],
}
