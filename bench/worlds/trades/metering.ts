import { aroundMedian, happens, rows, type Trade } from '../trade.ts'

export const metering: Trade = {
  name: 'metering',
  shape: 'counts and values that remember for weeks, a site that is silent for a week, blank values',
  asOf: '2026-04-09',
  days: 240,
  model: 'sample',
  kind: 'other',
  time: { field: 'taken_at', type: 'timestamp' },
  perDay: 420,
  level: () => 1,
  noise: { deviation: 0.12, memory: 0.95 },
  fields: {
    plant: { north: 0.28, south: 0.24, mill: 0.2, harbour: 0.16, depot: 0.12 },
    network: { lte: 0.5, wifi: 0.28, lora: 0.22 },
    firmware: { '2.9': 0.25, '3.1': 0.5, '3.2': 0.25 },
    mode: { normal: 0.75, eco: 0.18, boost: 0.07 },
  },
  columns: {
    watts: {
      type: 'number',
      // a slow wave of eleven weeks that everything shares
      draw: ({ mode }, times, random, at) =>
        Math.round(
          times *
            aroundMedian(mode === 'boost' ? 520 : 430, 0.15, random) *
            (1 + 0.06 * Math.sin(at.getTime() / 1.06e9)),
        ),
    },
    is_blank: { type: 'boolean', draw: (_, times, random) => happens(0.1 * times, random) },
  },
  metrics: {
    samples: { measure: 'count()', good: 'up', moves: { rows: 1 } },
    load: { measure: 'avg(watts)', moves: { watts: 1 } },
    energy: { measure: 'sum(watts)', moves: { rows: 1, watts: 1 } },
    blank_share: {
      measure: 'count(where is_blank) / count()',
      good: 'down',
      format: 'percent',
      moves: { is_blank: 1 },
    },
  },
  slices: ['plant', 'network', 'firmware', 'mode'],
  scenarios: [
    [{ slice: [{ field: 'plant', value: 'mill' }], moves: rows, factor: 0.02, ago: 9, lasts: 6 }],
    [{ slice: [{ field: 'network', value: 'lora' }], moves: 'is_blank', factor: 3, ago: 26 }],
    [{ slice: [{ field: 'firmware', value: '3.2' }], moves: 'watts', factor: 1.35, ago: 34 }],
    [{ slice: [{ field: 'plant', value: 'depot' }], moves: rows, factor: 0, ago: 14 }],
  ],
}
