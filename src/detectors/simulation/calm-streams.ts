import type { Random } from '../../stats/random.ts'

/** Points a day of the streams that have days. */
export const streamCycle = 288

const drawEach =
  (draw: (random: Random, at: number) => number) =>
  (random: Random, length: number): Float64Array =>
    Float64Array.from({ length }, (_, at) => draw(random, at))

/** A stream in which each point remembers this share of the one before. */
const remember = (memory: number) => (random: Random, length: number) => {
  let value = 0
  return Float64Array.from({ length }, () => {
    value = memory * value + random.normal()
    return value
  })
}

/** Noise whose variance follows its own recent squares: GARCH(1, 1). */
const changeVariance = (random: Random, length: number) => {
  let variance = 1
  return Float64Array.from({ length }, () => {
    const value = Math.sqrt(variance) * random.normal()
    variance = 0.05 + 0.15 * value * value + 0.8 * variance
    return value
  })
}

const day = (at: number) => Math.sin((2 * Math.PI * at) / streamCycle)

/** Streams in which nothing happens, by title. */
export const calmStreams: Readonly<Record<string, (random: Random, length: number) => Float64Array>> = {
  'white noise': drawEach((random) => random.normal()),
  'memory 0.5': remember(0.5),
  'memory 0.9': remember(0.9),
  'memory 0.98': remember(0.98),
  'Student t, 3 degrees': drawEach((random) => random.studentT(3)),
  lognormal: drawEach((random) => Math.exp(random.normal())),
  'counts, 2 a point': drawEach((random) => random.poisson(2)),
  'counts, 1 in 50 points': drawEach((random) => random.poisson(0.02)),
  'days and noise': drawEach((random, at) => 10 * day(at) + random.normal()),
  'days of counts': drawEach((random, at) => random.negativeBinomial(20 * (1.2 + day(at)), 0.1)),
  'workdays and weekends': drawEach(
    (random, at) => (Math.floor(at / streamCycle) % 7 < 5 ? 20 : 8) * (1.2 + day(at)) + random.normal(),
  ),
  growth: drawEach((random, at) => 0.01 * at + random.normal()),
  'changing variance': changeVariance,
  'spikes, 1 in 50 points': drawEach((random) =>
    random.uniform() < 0.02 ? 50 + 5 * random.normal() : random.normal(),
  ),
}
