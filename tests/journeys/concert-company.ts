import { addPeriods } from '../../src/base/periods.ts'
import { createRandom } from '../../src/stats/random.ts'
import { saveCompany } from './save-company.ts'
import type { SmallCompany } from './small-company.ts'

const asOf = '2026-09-30'
const days = 240
const genres = ['rock', 'jazz', 'comedy', 'festival'] as const
/** Days for which a concert is sold. */
const onSaleDays = 50

export interface ConcertPlan {
  /** Tickets a day of one festival that went on sale twelve days before the end. */
  readonly festival?: number
  /** Share of the tickets of rock concerts that is left in the last thirty days. */
  readonly rockLeft?: number
}

const catalog = `models:
  concert:
    table: concerts
    key: id
    label: Concert
    fields: { id: { type: number, hidden: true }, genre: { type: text }, city: { type: text } }
  ticket:
    table: tickets
    key: id
    label: Ticket
    fields:
      id: { type: number, hidden: true }
      concert_id: { type: number, hidden: true }
      sold_on: { type: date }
    relations: { concert: { to: concert, one: concert_id } }
    metrics:
      tickets: { label: Tickets, measure: count(), time: sold_on, good: up, slices: [concert.genre, concert.city] }
`

interface Concert {
  readonly id: number
  readonly genre: (typeof genres)[number]
  readonly from: number
  readonly pace: number
}

/** Concerts in csv, every other day a new one, each sold for fifty days; few are festivals. */
export function makeConcertCompany(
  seed: number,
  storeUrl: string,
  { festival = 0, rockLeft = 1 }: ConcertPlan,
): SmallCompany {
  const random = createRandom(seed)
  const concerts = Array.from({ length: Math.floor((days + onSaleDays) / 2) }, (_, at): Concert => {
    const genre = genres[at % 20 === 0 ? 3 : random.integer(0, 2)]!
    return { id: at + 1, genre, from: days + onSaleDays - 2 * at, pace: 2 + 2 * random.uniform() }
  })
  if (festival > 0) concerts.push({ id: concerts.length + 1, genre: 'festival', from: 12, pace: festival })
  const lines: string[] = ['id,concert_id,sold_on']
  for (let ago = days - 1; ago >= 0; ago--)
    for (const { id, genre, from, pace } of concerts) {
      if (ago >= from || ago < from - onSaleDays) continue
      const left = genre === 'rock' && ago < 30 ? rockLeft : 1
      for (let sold = random.poisson(pace * left); sold > 0; sold--)
        lines.push(`${lines.length},${id},${addPeriods(asOf, -ago, 'day')}`)
    }
  const cities = ['Porto', 'Braga', 'Faro']
  const tables = {
    concerts: ['id,genre,city', ...concerts.map(({ id, genre }) => `${id},${genre},${cities[id % 3]}`)],
    tickets: lines,
  }
  return { folder: saveCompany({ name: 'concerts', storeUrl, catalog, tables }), asOf }
}
