import { aroundMedian, happens, rows, type Trade, wave } from '../trade.ts'

export const sensors: Trade = {
  name: 'sensors',
  shape: 'hourly readings of trucks by site, days without time of day, a yearly season in the values, no weekend',
  asOf: '2026-07-15',
  days: 260,
  model: 'reading',
  kind: 'other',
  time: { field: 'read_on', type: 'date' },
  perDay: 1500,
  level: () => 1,
  noise: { deviation: 0.01, memory: 0.2 },
  fields: {
    site: { Rotterdam: 0.3, Gdańsk: 0.25, 'Le Havre': 0.2, Trieste: 0.15, Riga: 0.1 },
    cargo: { frozen: 0.3, chilled: 0.45, dry: 0.25 },
    firmware: { '4.1': 0.5, '4.2': 0.4, '5.0': 0.1 },
    axle: { '2': 0.4, '3': 0.6 },
  },
  columns: {
    temperature: {
      type: 'number',
      draw: ({ cargo }, times, random, at) =>
        Number(
          (
            times *
              (cargo === 'dry' ? 16 * wave((at.getTime() / 3.156e10) % 1, 0.3, 0.55) : cargo === 'frozen' ? 5.2 : 8) +
            0.9 * random.normal()
          ).toFixed(2),
        ),
    },
    delay_minutes: {
      type: 'number',
      draw: ({ site }, times, random) => times * aroundMedian(site === 'Riga' ? 30 : 18, 1, random),
    },
    is_alarm: { type: 'boolean', draw: (_, times, random) => happens(0.01 * times, random) },
  },
  metrics: {
    readings: { measure: 'count()', good: 'up', moves: { rows: 1 } },
    temperature: { measure: 'avg(temperature)', moves: { temperature: 1 } },
    delay: { measure: 'avg(delay_minutes)', good: 'down', moves: { delay_minutes: 1 } },
    alarms: { measure: 'count(where is_alarm)', good: 'down', moves: { rows: 1, is_alarm: 1 } },
    alarm_rate: { measure: 'count(where is_alarm) / count()', good: 'down', format: 'percent', moves: { is_alarm: 1 } },
  },
  slices: ['site', 'cargo', 'firmware', 'axle'],
  scenarios: [
    [
      {
        slice: [
          { field: 'cargo', value: 'frozen' },
          { field: 'site', value: 'Gdańsk' },
        ],
        moves: 'temperature',
        factor: 1.3,
        ago: 16,
      },
    ],
    [{ slice: [{ field: 'firmware', value: '5.0' }], moves: rows, factor: 0.3, ago: 20 }],
    [{ slice: [{ field: 'site', value: 'Trieste' }], moves: 'delay_minutes', factor: 1.5, ago: 24 }],
    [{ slice: [{ field: 'firmware', value: '4.2' }], moves: 'is_alarm', factor: 2.5, ago: 30 }],
    [
      { slice: [{ field: 'site', value: 'Riga' }], moves: rows, factor: 0, ago: 12 },
      { slice: [{ field: 'cargo', value: 'chilled' }], moves: 'delay_minutes', factor: 1.35, ago: 40 },
    ],
    [{ slice: [{ field: 'site', value: 'Rotterdam' }], moves: 'delay_minutes', factor: 1.8, ago: 69, isSlow: true }],
  ],
}
