import type { Random } from '../../stats/random.ts'
import type { Series } from '../shapes.ts'
import type { CalmWorlds } from './calm-worlds.ts'

const firstMs = Date.UTC(2025, 0, 6)
const grainMs = { day: 86_400_000, hour: 3_600_000 } as const

/** A series from Monday, 6 January 2025 on, drawn point by point; what `draw` returned before is given to it. */
function drawSeries(
  length: number,
  grain: 'day' | 'hour',
  kind: Series['kind'],
  draw: (at: number, before: number) => number,
): Series {
  const values = new Float64Array(length)
  for (let at = 0; at < length; at++) values[at] = draw(at, at > 0 ? values[at - 1]! : Number.NaN)
  const at = Array.from({ length }, (_, k) => new Date(firstMs + k * grainMs[grain]).toISOString())
  return { at: grain === 'day' ? at.map((text) => text.slice(0, 10)) : at, values, grain, kind }
}

const overdispersion = 0.05

/** Nothing at weekends. */
const closedAtWeekends = (random: Random): Series =>
  drawSeries(182, 'day', 'count', (at) => (at % 7 > 4 ? 0 : random.negativeBinomial(12, overdispersion)))

/** A machine that is out of order now and then, for two days on average. */
const outOfOrder = (random: Random): Series =>
  drawSeries(300, 'day', 'count', (_, before) => {
    const isOut = random.uniform() < (before === 0 ? 0.5 : 0.05)
    return isOut ? 0 : 1 + random.negativeBinomial(20, overdispersion)
  })

/** Three a day become one every other day in a year. */
const fading = (random: Random): Series =>
  drawSeries(365, 'day', 'count', (at) => random.negativeBinomial(3 * Math.exp((-1.8 * at) / 365), overdispersion))

/** Quiet nights. */
const hours = (random: Random): Series =>
  drawSeries(400, 'hour', 'count', (at) =>
    random.negativeBinomial(8 * Math.max(0, Math.sin((Math.PI * ((at % 24) - 6)) / 16)) + 0.1, overdispersion),
  )

/** Worlds in which there is often nothing. */
export const calmZeros: CalmWorlds<'series'> = {
  'closed at weekends': closedAtWeekends,
  'out of order at times': outOfOrder,
  'fading to few': fading,
  'hours with quiet nights': hours,
}
