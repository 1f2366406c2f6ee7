import type { Random } from '../../stats/random.ts'
import type { Arrivals } from '../shapes.ts'
import type { CalmWorlds } from './calm-worlds.ts'
import { lives, simulateSeries } from './simulate-series.ts'

/** How a table is filled when all goes well. */
interface Feed {
  readonly life: string
  /** Rows a day, where not those of the life. */
  readonly rows?: number
  /** Hours, typically; and how much that varies from day to day, as a factor's logarithm. */
  readonly lag: number
  readonly lagNoise: number
  /** Shares of rows; how strongly rows of a day are alike (0: not at all). */
  readonly nulls: number
  readonly duplicates: number
  readonly alike: number
}

/** Rows that come with one more mark than others do: beta-binomial. */
function drawShare(random: Random, rows: number, chance: number, alike: number): number {
  if (!(rows > 0)) return Number.NaN
  if (chance === 0) return 0
  const size = alike > 0 ? 1 / alike - 1 : 0
  const own = alike > 0 ? random.beta(chance * size, (1 - chance) * size) : chance
  return random.binomial(rows, own) / rows
}

function drawArrivals(random: Random, { life, rows: many, lag, lagNoise, nulls, duplicates, alike }: Feed): Arrivals {
  const series = simulateSeries(random, { ...lives[life]!, ...(many && { rows: many }) })
  const each = (draw: (rows: number, at: number) => number) => series.values.map(draw)
  return {
    series,
    lagHours: each((_, at) => lag * (at % 7 === 0 ? 2 : 1) * Math.exp(lagNoise * random.normal())),
    nullShare: each((rows) => drawShare(random, rows, nulls, alike)),
    duplicateShare: each((rows) => drawShare(random, rows, duplicates, alike)),
  }
}

const usual: Feed = { life: 'plain', lag: 3, lagNoise: 0.3, nulls: 0.03, duplicates: 0, alike: 0 }

const feeds: Readonly<Record<string, Feed>> = {
  'a usual feed': { ...usual, rows: 600 },
  'a feed with memory': { ...usual, life: 'with memory' },
  'a short history': { ...usual, life: 'short, with memory' },
  'a feed of few rows': { ...usual, life: 'few a day', nulls: 0.1 },
  'rows that come when they like': { ...usual, lag: 12, lagNoise: 1 },
  'nulls by the batch': { ...usual, nulls: 0.05, duplicates: 0.02, alike: 0.02 },
  'hardly any duplicate': { ...usual, duplicates: 0.0005 },
  'growing rows': { ...usual, life: 'growing' },
}

/** Feeds in which nothing goes wrong. */
export const calmArrivals: CalmWorlds<'arrivals'> = Object.fromEntries(
  Object.entries(feeds).map(([title, feed]) => [title, (random: Random) => drawArrivals(random, feed)]),
)
