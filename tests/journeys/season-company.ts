import { addPeriods } from '../../src/base/periods.ts'
import { createRandom } from '../../src/stats/random.ts'
import { saveCompany } from './save-company.ts'
import type { SmallCompany } from './small-company.ts'

const asOf = '2026-08-05'

export interface SeasonPlan {
  /** Days of data. */
  readonly days: number
  /** Share of the bookings of hostels that is left in the last three weeks. */
  readonly hostelsLeft?: number
}

const catalog = `models:
  booking:
    table: bookings
    key: id
    label: Booking
    fields:
      id: { type: number, hidden: true }
      kind: { type: text }
      place: { type: text }
      booked_on: { type: date }
    metrics:
      bookings: { label: Bookings, measure: count(), time: booked_on, good: up, slices: [kind, place] }
`

/** Camping more than doubles from the end of June to the beginning of September, each year. */
const summerOf = (day: string): number =>
  Math.exp(-(((Date.parse(`2000-${day.slice(5)}`) - Date.parse('2000-07-28')) / 86_400_000 / 30) ** 2))

/** Hotels, hostels and campsites in csv, about sixty bookings a day; campsites have a summer. */
export function makeSeasonCompany(seed: number, storeUrl: string, { days, hostelsLeft = 1 }: SeasonPlan): SmallCompany {
  const random = createRandom(seed)
  const lines: string[] = ['id,kind,place,booked_on']
  for (let ago = days - 1; ago >= 0; ago--) {
    const day = addPeriods(asOf, -ago, 'day')
    const weekend = new Date(day).getUTCDay() % 6 === 0 ? 0.7 : 1
    const means = { hotel: 30, hostel: 15 * (ago < 21 ? hostelsLeft : 1), campsite: 14 * (1 + 1.6 * summerOf(day)) }
    for (const [kind, mean] of Object.entries(means))
      for (let left = random.negativeBinomial(mean * weekend, 0.02); left > 0; left--)
        lines.push(`${lines.length},${kind},${['north', 'south', 'islands'][random.integer(0, 2)]},${day}`)
  }
  return { folder: saveCompany({ name: 'season', storeUrl, catalog, tables: { bookings: lines } }), asOf }
}
