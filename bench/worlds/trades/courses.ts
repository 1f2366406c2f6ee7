import { aroundMedian, happens, rows, type Trade } from '../trade.ts'

const months = [1.1, 1.15, 1, 0.8, 0.7, 0.4, 0.25, 0.6, 1.8, 1.6, 1.2, 0.6]

export const courses: Trade = {
  name: 'courses',
  shape: 'a school year, sixty rows a day, names with quotes and emoji, values that are very rare',
  asOf: '2026-03-22',
  days: 640,
  timezone: 'America/New_York',
  model: 'enrolment',
  time: { field: 'enrolled_at', type: 'timestamp' },
  perDay: 60,
  level: ({ date, weekday }) => months[Number(date.slice(5, 7)) - 1]! * [1.3, 1.1, 1, 1, 0.9, 0.7, 1][weekday]!,
  noise: { deviation: 0.12, memory: 0.4, clump: 1.5 },
  fields: {
    course: {
      'Algebra "I"': 0.2,
      "Writer's craft": 0.15,
      'Python 🐍': 0.15,
      'Biology; cells': 0.12,
      'History, 1900–': 0.1,
      Chess: 0.1,
      null: 0.08,
      ...Object.fromEntries(Array.from({ length: 22 }, (_, at) => [`Elective ${at + 1}`, 0.005])),
    },
    grade: { middle: 0.4, high: 0.45, adult: 0.15 },
    device: { web: 0.5, tablet: 0.3, phone: 0.2 },
  },
  columns: {
    is_finished: {
      type: 'boolean',
      draw: ({ grade }, times, random) => happens(times * (grade === 'adult' ? 0.4 : 0.6), random),
    },
    minutes: { type: 'number', draw: (_, times, random) => Math.round(times * aroundMedian(140, 0.9, random)) },
  },
  metrics: {
    enrolments: { measure: 'count()', good: 'up', moves: { rows: 1 } },
    finished_share: {
      measure: 'count(where is_finished) / count()',
      good: 'up',
      format: 'percent',
      moves: { is_finished: 1 },
    },
    minutes_learned: { measure: 'sum(minutes)', good: 'up', moves: { rows: 1, minutes: 1 } },
  },
  slices: ['course', 'grade', 'device'],
  scenarios: [
    [{ slice: [{ field: 'grade', value: 'middle' }], moves: rows, factor: 0.5, ago: 27 }],
    [{ slice: [{ field: 'course', value: 'Python 🐍' }], moves: rows, factor: 2, ago: 34 }],
    [{ slice: [{ field: 'device', value: 'tablet' }], moves: 'is_finished', factor: 0.6, ago: 41 }],
    [{ slice: [{ field: 'course', value: 'Algebra "I"' }], moves: rows, factor: 0.35, ago: 27, becomes: 'Chess' }],
    [
      { slice: [{ field: 'course', value: "Writer's craft" }], moves: rows, factor: 0, ago: 20 },
      { slice: [{ field: 'grade', value: 'high' }], moves: 'is_finished', factor: 0.7, ago: 48 },
    ],
    [{ moves: rows, factor: 2.2, ago: 3, lasts: 1 }],
  ],
}
