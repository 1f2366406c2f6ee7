import { grains } from '../../base/periods.ts'
import { type BucketFunction, defineFamily } from './function.ts'

/** Periods by the name of their unit: a date from the day up, an instant below. */
export const buckets = defineFamily('Periods', [
  ...grains.map(
    (grain): BucketFunction => ({
      kind: 'bucket',
      name: grain,
      grain,
      signature: `${grain}(time)`,
      summary: `The first ${grain === 'minute' || grain === 'hour' ? 'instant' : 'day'} of the ${grain} that the time is in, in the calendar's zone.`,
      example: `${grain}(created_at)`,
    }),
  ),
  {
    kind: 'edge',
    name: 'start_of',
    edge: 'start',
    signature: 'start_of(month, time)',
    summary: 'The same with the unit first.',
    example: 'start_of(quarter, created_at)',
  },
  {
    kind: 'edge',
    name: 'end_of',
    edge: 'end',
    signature: 'end_of(month, time)',
    summary: 'The last day of the period that the time is in; units from day up.',
    example: 'end_of(month, created_at)',
  },
])
