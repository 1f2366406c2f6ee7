/**
 * What a year of daily cycles costs and promises: 250 cycles over the same 1,200 hypotheses, half of them about the last four weeks (so that
 * today's test is nearly yesterday's), half about the last day, with and without true shifts; the ledger with several memories, BatchBH without
 * any, and no ledger. `node bench/ledger.ts [WORLDS] [SEED]`
 */
import { addPeriods } from '../src/base/periods.ts'
import { findLevel, type Spending } from '../src/findings/errors/find-level.ts'
import { type PastBatch, testBatch } from '../src/stats/batch-benjamini-hochberg.ts'
import { normal } from '../src/stats/normal.ts'
import { createRandom, type Random } from '../src/stats/random.ts'

const [worlds = 100, seed = 1] = process.argv.slice(2).map(Number)
const [rate, cycles, hypotheses, standing, window, lasting] = [0.05, 250, 1200, 600, 28, 56] as const
const first = '2026-01-01'

/** No step-up count within a day comes near this. */
const tellable = (100 * rate) / hypotheses

/** p-values of each day, and whether something truly happens in them. */
interface Year {
  readonly days: readonly { readonly pValues: Float64Array; readonly isTrue: Uint8Array }[]
  /** Onsets, their hypotheses, and how strong they are when they fill the window. */
  readonly effects: readonly { readonly at: number; readonly hypothesis: number; readonly z: number }[]
}

function makeYear(effectsPerYear: number, random: Random): Year {
  const count = random.poisson(effectsPerYear)
  const effects = Array.from({ length: count }, (_, place) => ({
    at: random.integer(0, cycles - 30),
    hypothesis: place,
    z: 4.5 + 4.5 * random.uniform(),
  }))
  const past = Array.from({ length: standing }, () => Float64Array.from({ length: window }, () => random.normal()))
  const sums = Float64Array.from(past, (one) => one.reduce((sum, value) => sum + value, 0))
  const days = Array.from({ length: cycles }, (_, day) => {
    const pValues = new Float64Array(hypotheses)
    const isTrue = new Uint8Array(hypotheses)
    for (let at = 0; at < hypotheses; at++) {
      let z = random.normal()
      if (at < standing) {
        sums[at]! += z - past[at]![day % window]!
        past[at]![day % window] = z
        z = sums[at]! / Math.sqrt(window)
        const effect = effects[at]
        const shifted = effect ? countShifted(effect.at, day) : 0
        z += shifted === 0 ? 0 : (effect!.z * shifted) / window
        isTrue[at] = Number(shifted > 0)
      }
      pValues[at] = 2 * normal.upperTail(Math.abs(z))
    }
    return { pValues, isTrue }
  })
  return { days, effects }
}

/** Days of the window that lie in an effect. */
const countShifted = (onset: number, day: number): number =>
  Math.max(0, Math.min(day + 1, onset + lasting) - Math.max(day + 1 - window, onset))

type Policy = (past: readonly Spending[], asOf: string) => number

/** BatchBH's levels, as if each cycle's tests were new. */
const forEver: Policy = (past) => {
  const batches: PastBatch[] = past.map(({ level, discoveries, discoveriesMax }) => ({
    level,
    discoveries,
    discoveriesMax,
  }))
  return testBatch(new Float64Array(hypotheses).fill(1), batches, rate).level
}

const policies: Readonly<Record<string, Policy>> = {
  'the full rate each day': () => rate,
  'memory of 15 days': (past, asOf) => findLevel(past, asOf, rate, 15),
  'memory of 30 days': (past, asOf) => findLevel(past, asOf, rate, 30),
  'memory of 90 days': (past, asOf) => findLevel(past, asOf, rate, 90),
  'memory of a year': (past, asOf) => findLevel(past, asOf, rate, 365),
  'BatchBH, for ever': forEver,
}

interface Outcome {
  readonly told: number
  readonly wrong: number
  readonly found: number
  /** Days from onset to telling, of those found. */
  readonly delay: number
  /** Level of the last day. */
  readonly level: number
}

const countUpTo = (sorted: readonly number[], level: number, extra: number): number => {
  let count = sorted.length + extra
  while (count > extra && sorted[count - extra - 1]! > (count * level) / hypotheses) count--
  return count
}

function live({ days, effects }: Year, policy: Policy): Outcome {
  const past: Spending[] = []
  const known = new Set<number>()
  const toldAt = new Map<number, number>()
  let [told, wrong, level] = [0, 0, 0]
  days.forEach(({ pValues, isTrue }, day) => {
    const asOf = addPeriods(first, day, 'day')
    level = policy(past, asOf)
    for (const one of known) if (pValues[one]! > rate) known.delete(one)
    const open: number[] = []
    for (let at = 0; at < hypotheses; at++) if (pValues[at]! < tellable && !known.has(at)) open.push(at)
    const sorted = open.map((at) => pValues[at]!).sort((a, b) => a - b)
    const discoveries = countUpTo(sorted, level, 0)
    for (const at of open) {
      if (discoveries === 0 || pValues[at]! > sorted[discoveries - 1]!) continue
      known.add(at)
      told += 1
      wrong += 1 - isTrue[at]!
      if (isTrue[at] && !toldAt.has(at)) toldAt.set(at, day)
    }
    past.push({ asOf, level, discoveries, discoveriesMax: countUpTo(sorted, level, 1) })
  })
  const delay = [...toldAt].reduce((sum, [at, day]) => sum + day - effects[at]!.at, 0)
  return { told, wrong, found: toldAt.size, delay, level }
}

const percent = (value: number): string => `${(100 * value).toFixed(1)}%`.padStart(7)
const fixed = (value: number): string => value.toFixed(2).padStart(7)

console.log(`${worlds} years a row; promised ${percent(rate).trim()}`)
for (const effectsPerYear of [0, 5, 25, 100]) {
  console.log(
    `\n${effectsPerYear} shifts a year\n${' '.repeat(26)}false share, told, false, loud, found, days to tell, level at the end`,
  )
  const random = createRandom(seed)
  const years = Array.from({ length: worlds }, () => makeYear(effectsPerYear, random))
  const planted = years.reduce((sum, { effects }) => sum + effects.length, 0)
  for (const [name, policy] of Object.entries(policies)) {
    const lived = years.map((year) => live(year, policy))
    const mean = (read: (one: Outcome) => number) => lived.reduce((sum, one) => sum + read(one), 0) / worlds
    const found = mean(({ found: one }) => one) * worlds
    console.log(
      [
        name.padEnd(24),
        percent(mean(({ told, wrong }) => wrong / Math.max(1, told))),
        fixed(mean(({ told }) => told)),
        fixed(mean(({ wrong }) => wrong)),
        percent(mean(({ wrong }) => Number(wrong > 0))),
        planted === 0 ? '      –' : percent(found / planted),
        found === 0 ? '      –' : fixed((mean(({ delay }) => delay) * worlds) / found),
        percent(mean(({ level }) => level)),
      ].join(' '),
    )
  }
}
