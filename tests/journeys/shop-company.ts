import { addPeriods } from '../../src/base/periods.ts'
import { createRandom } from '../../src/stats/random.ts'
import { saveCompany } from './save-company.ts'
import type { SmallCompany } from './small-company.ts'

const asOf = '2026-09-30'
const days = 240
const countries = ['DE', 'FR', 'PL', 'AT'] as const
const packs = ['small', 'large', 'season'] as const

export interface ShopPlan {
  /** Purchases a day of one player from Austria, who joined forty days before the end. */
  readonly whale?: number
  /** Share of the purchases of large packs that is left in the last thirty days. */
  readonly largeLeft?: number
}

const catalog = `models:
  player:
    table: players
    key: id
    label: Player
    fields: { id: { type: number, hidden: true }, country: { type: text } }
    semantics: { kind: user }
  purchase:
    table: purchases
    key: id
    label: Purchase
    fields:
      id: { type: number, hidden: true }
      player_id: { type: number, hidden: true }
      pack: { type: text }
      bought_on: { type: date }
    relations: { player: { to: player, one: player_id } }
    metrics:
      purchases: { label: Purchases, measure: count(), time: bought_on, good: up, slices: [pack, player.country] }
`

/** A game in csv: 400 players, most from Germany, a few from Austria, who buy about fifty packs a day. */
export function makeShopCompany(seed: number, storeUrl: string, { whale = 0, largeLeft = 1 }: ShopPlan): SmallCompany {
  const random = createRandom(seed)
  const players = Array.from({ length: 400 }, (_, at) => countries[at < 12 ? 3 : at % 3]!)
  const lines: string[] = ['id,player_id,pack,bought_on']
  const add = (player: number, pack: string, day: string) => lines.push(`${lines.length},${player},${pack},${day}`)
  for (let ago = days - 1; ago >= 0; ago--) {
    const day = addPeriods(asOf, -ago, 'day')
    for (let left = random.poisson(50); left > 0; left--) {
      const pack = packs[random.integer(0, 2)]!
      if (pack === 'large' && ago < 30 && random.uniform() > largeLeft) continue
      add(random.integer(1, players.length), pack, day)
    }
    for (let left = ago < 40 ? random.poisson(whale) : 0; left > 0; left--)
      add(players.length + 1, packs[random.integer(0, 2)]!, day)
  }
  const tables = {
    players: ['id,country', ...[...players, 'AT'].map((country, at) => `${at + 1},${country}`)],
    purchases: lines,
  }
  return { folder: saveCompany({ name: 'shop', storeUrl, catalog, tables }), asOf }
}
