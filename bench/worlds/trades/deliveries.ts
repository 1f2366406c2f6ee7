import { aroundMedian, growth, happens, rows, type Trade } from '../trade.ts'

/** Stars of 1 to 5, most of them 5, so that their mean is 4.5 and hardly moves. */
const stars = { 5: 0.68, 4: 0.21, 3: 0.06, 2: 0.02, 1: 0.03 }
const levels = Object.entries(stars)

export const deliveries: Trade = {
  name: 'deliveries',
  shape: 'rates of what goes well, nearly always; ratings between 1 and 5; every day of the week',
  asOf: '2026-06-10',
  days: 230,
  timezone: 'Europe/Madrid',
  model: 'delivery',
  time: { field: 'due_at', type: 'timestamp' },
  perDay: 640,
  level: ({ weekday, ago }) => [0.8, 0.95, 0.95, 1, 1.05, 1.2, 1.05][weekday]! * growth(ago, 0.35),
  noise: { deviation: 0.06, memory: 0.4 },
  accounts: {
    count: 320,
    spread: 1,
    began: 0.25,
    ended: 0.1,
    fields: { branch: { Grocery: 0.4, Pharmacy: 0.25, Fashion: 0.2, Flowers: 0.15 } },
  },
  fields: {
    city: { Madrid: 0.34, Barcelona: 0.27, Valencia: 0.16, Sevilla: 0.13, Bilbao: 0.1 },
    vehicle: { bike: 0.45, van: 0.35, 'cargo bike': 0.2 },
    window: { morning: 0.3, afternoon: 0.45, evening: 0.25 },
  },
  columns: {
    is_late: {
      type: 'boolean',
      draw: ({ window }, times, random) => happens((window === 'evening' ? 0.06 : 0.035) * times, random),
    },
    is_failed: {
      type: 'boolean',
      draw: ({ city }, times, random) => happens((city === 'Madrid' ? 0.08 : 0.06) * times, random),
    },
    stars: {
      type: 'number',
      draw: (_, times, random) => {
        // what a lower mean takes away, one star at a time
        let [left, at] = [random.uniform(), 0]
        while (at < levels.length - 1 && left >= levels[at]![1]) left -= levels[at++]![1]
        const given = Number(levels[at]![0])
        return random.uniform() < (1 - times) * 4.5 ? Math.max(1, given - 1) : given
      },
    },
    minutes: { type: 'number', draw: (_, times, random) => Math.round(times * aroundMedian(24, 0.35, random)) },
  },
  metrics: {
    deliveries: { measure: 'count()', good: 'up', moves: { rows: 1 } },
    on_time: { measure: 'count(where not is_late) / count()', good: 'up', format: 'percent', moves: { is_late: -1 } },
    first_attempt: {
      measure: 'count(where not is_failed) / count()',
      good: 'up',
      format: 'percent',
      moves: { is_failed: -1 },
    },
    rating: { measure: 'avg(stars)', good: 'up', moves: { stars: 1 } },
    ride: { measure: 'avg(minutes)', good: 'down', moves: { minutes: 1 } },
  },
  slices: ['city', 'vehicle', 'window', 'account.branch'],
  scenarios: [
    [{ slice: [{ field: 'city', value: 'Valencia' }], moves: 'is_late', factor: 2.4, ago: 33 }],
    [{ slice: [{ field: 'vehicle', value: 'cargo bike' }], moves: 'stars', factor: 0.93, ago: 27 }],
    [{ slice: [{ field: 'account.branch', value: 'Pharmacy' }], moves: 'is_failed', factor: 2, ago: 41 }],
    [
      { slice: [{ field: 'window', value: 'evening' }], moves: 'is_late', factor: 2.2, ago: 24 },
      { slice: [{ field: 'city', value: 'Barcelona' }], moves: 'minutes', factor: 1.1, ago: 38 },
    ],
    [{ moves: 'stars', factor: 0.95, ago: 20 }],
    [
      {
        slice: [
          { field: 'city', value: 'Madrid' },
          { field: 'vehicle', value: 'van' },
        ],
        moves: 'is_failed',
        factor: 2.2,
        ago: 30,
      },
      { slice: [{ field: 'window', value: 'morning' }], moves: rows, factor: 0.6, ago: 16 },
    ],
  ],
}
