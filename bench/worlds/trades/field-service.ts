import { aroundMedian, growth, happens, rows, type Trade, wave } from '../trade.ts'

const closed: ReadonlySet<string> = new Set([
  '01-01',
  '02-24',
  '05-01',
  '06-23',
  '06-24',
  '08-20',
  '12-24',
  '12-25',
  '12-26',
])

export const fieldService: Trade = {
  name: 'field service',
  shape: 'closed at weekends and on holidays of which half are declared, two years, waits between two moments',
  asOf: '2026-04-16',
  days: 690,
  timezone: 'Europe/Tallinn',
  events: [
    { name: 'Midsummer', from: '2025-06-23', to: '2025-06-24' },
    { name: 'Christmas', from: '2024-12-24', to: '2024-12-26' },
    { name: 'Christmas', from: '2025-12-24', to: '2025-12-26' },
  ],
  model: 'visit',
  time: { field: 'visited_at', type: 'timestamp' },
  perDay: 110,
  level: ({ weekday, date, season, ago }) =>
    closed.has(date.slice(5))
      ? 0.01
      : [0, 1.2, 1.1, 1.05, 1, 0.85, 0.04][weekday]! * wave(season, 0.25, 0.05) * growth(ago, 0.1),
  noise: { deviation: 0.08, memory: 0.3 },
  accounts: {
    count: 250,
    spread: 0.9,
    began: 0.3,
    ended: 0.2,
    fields: { contract: { gold: 0.2, silver: 0.4, none: 0.4 } },
  },
  fields: {
    crew: Object.fromEntries(Array.from({ length: 16 }, (_, at) => [`Crew ${at + 1}`, 1 + (at % 4)])),
    county: { Harju: 0.5, Tartu: 0.25, Pärnu: 0.15, Võru: 0.1 },
    job: { heating: 0.35, plumbing: 0.3, electrics: 0.25, 'roof & gutter': 0.1 },
  },
  columns: {
    booked_at: {
      type: 'timestamp',
      draw: (_, times, random, at) =>
        toStamp(new Date(at.getTime() - times * aroundMedian(52, 0.7, random) * 3_600_000)),
    },
    minutes: {
      type: 'number',
      draw: ({ job }, times, random) => Math.round(times * aroundMedian(job === 'heating' ? 95 : 60, 0.45, random)),
    },
    is_repeat: { type: 'boolean', draw: (_, times, random) => happens(0.12 * times, random) },
  },
  metrics: {
    visits: { measure: 'count()', good: 'up', moves: { rows: 1 } },
    visit_minutes: { measure: 'avg(minutes)', good: 'down', moves: { minutes: 1 } },
    hours_worked: { measure: 'sum(minutes) / 60', moves: { rows: 1, minutes: 1 } },
    repeat_rate: {
      measure: 'count(where is_repeat) / count()',
      good: 'down',
      format: 'percent',
      moves: { is_repeat: 1 },
    },
    wait: {
      measure: 'median(hours_between(booked_at, visited_at))',
      good: 'down',
      format: 'duration',
      moves: { booked_at: 1 },
    },
  },
  slices: ['crew', 'county', 'job', 'account.contract'],
  scenarios: [
    [{ slice: [{ field: 'county', value: 'Tartu' }], moves: rows, factor: 0.55, ago: 27 }],
    [{ slice: [{ field: 'job', value: 'heating' }], moves: 'minutes', factor: 1.35, ago: 34 }],
    [{ slice: [{ field: 'account.contract', value: 'gold' }], moves: 'booked_at', factor: 1.6, ago: 41 }],
    [{ slice: [{ field: 'job', value: 'electrics' }], moves: rows, factor: 0, ago: 16 }],
    [
      { slice: [{ field: 'county', value: 'Harju' }], moves: 'is_repeat', factor: 2, ago: 30 },
      { slice: [{ field: 'job', value: 'plumbing' }], moves: rows, factor: 1.6, ago: 45 },
    ],
    [{ slice: [{ field: 'county', value: 'Pärnu' }], moves: rows, factor: 0.4, ago: 62, isSlow: true }],
  ],
}

const toStamp = (at: Date): string => at.toISOString().replace('T', ' ').slice(0, 19)
