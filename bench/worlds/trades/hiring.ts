import { aroundMedian, happens, officeWeek, rows, type Trade } from '../trade.ts'

export const hiring: Trade = {
  name: 'hiring',
  shape: 'ninety days of history, forty rows a day, a department that goes with a source',
  asOf: '2026-10-11',
  days: 92,
  timezone: 'Asia/Tokyo',
  model: 'application',
  kind: 'other',
  time: { field: 'applied_at', type: 'timestamp' },
  perDay: 40,
  level: officeWeek,
  noise: { deviation: 0.1, memory: 0.3 },
  fields: {
    department: { sales: 0.35, engineering: 0.3, support: 0.2, finance: 0.1, legal: 0.05 },
    source: ({ department }) =>
      department === 'engineering'
        ? { referral: 0.5, 'job board': 0.3, agency: 0.2 }
        : { referral: 0.15, 'job board': 0.7, agency: 0.15 },
    seniority: { junior: 0.5, senior: 0.35, lead: 0.15 },
    office: { Tokyo: 0.5, Osaka: 0.2, remote: 0.3 },
  },
  columns: {
    is_invited: {
      type: 'boolean',
      draw: ({ source }, times, random) => happens(times * (source === 'referral' ? 0.5 : 0.3), random),
    },
    days_to_answer: {
      type: 'number',
      draw: (_, times, random) => Number((times * aroundMedian(4, 0.6, random)).toFixed(1)),
    },
  },
  metrics: {
    applications: { measure: 'count()', good: 'up', moves: { rows: 1 } },
    invited_share: {
      measure: 'count(where is_invited) / count()',
      good: 'up',
      format: 'percent',
      moves: { is_invited: 1 },
    },
    answer_days: { measure: 'avg(days_to_answer)', good: 'down', moves: { days_to_answer: 1 } },
  },
  slices: ['department', 'source', 'seniority', 'office'],
  scenarios: [
    [{ slice: [{ field: 'office', value: 'remote' }], moves: rows, factor: 0.4, ago: 17 }],
    [{ slice: [{ field: 'source', value: 'job board' }], moves: 'days_to_answer', factor: 1.5, ago: 20 }],
    [{ slice: [{ field: 'department', value: 'sales' }], moves: rows, factor: 1.8, ago: 20 }],
    [{ slice: [{ field: 'department', value: 'support' }], moves: rows, factor: 0, ago: 13 }],
    [{ slice: [{ field: 'source', value: 'referral' }], moves: 'is_invited', factor: 0.4, ago: 24 }],
    [{ moves: rows, factor: 0.6, ago: 15 }],
  ],
}
