import type { Random } from '../../stats/random.ts'
import type { Goal } from '../shapes.ts'
import type { CalmWorlds } from './calm-worlds.ts'
import { type Life, lives, simulateSeries } from './simulate-series.ts'

/**
 * A goal that the metric is going to meet exactly: its target is what comes. Half of the span is over; a quarter of the life is still to come.
 */
function drawGoal(random: Random, life: Life): Goal {
  const coming = Math.round(life.length / 4)
  const whole = simulateSeries(random, { ...life, length: life.length + coming })
  const start = life.length - coming
  const { values, weights } = whole
  let [total, rows] = [0, 0]
  for (let at = start; at < values.length; at++) {
    if (!Number.isFinite(values[at])) continue
    total += values[at]! * (weights?.[at] ?? 1)
    rows += weights?.[at] ?? 1
  }
  const isMean = whole.kind === 'ratio' || whole.kind === 'mean'
  const series = {
    ...whole,
    at: whole.at.slice(0, life.length),
    values: values.slice(0, life.length),
    ...(weights && { weights: weights.slice(0, life.length) }),
  }
  return { series, start, periods: 2 * coming, target: isMean ? total / rows : total, goodDirection: 'up' }
}

/** Goals that will be met exactly, in each of the lives. */
export const calmGoals: CalmWorlds<'goal'> = Object.fromEntries(
  Object.entries(lives).map(([title, life]) => [title, (random: Random) => drawGoal(random, life)]),
)
