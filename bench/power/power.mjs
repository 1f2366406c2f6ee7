/**
 * How often a planted effect is found, by its size and the length of the series, at the same nominal levels: `outlier` and `level_shift` beside a z-score and
 * beside what other libraries have, on the same series in the same run. `npm ci --prefix bench/power && node bench/power/power.mjs [series a cell] [part of a
 * method's name]`: one method alone meets the same series.
 * The others are given values without their weekdays, which they do not know. The row of size 1 has nothing planted: what is told there is false.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { ChangepointDetector, initSync } from '@bsull/augurs/changepoint'
import { levelShift } from '../../src/detectors/level-shift.ts'
import { outlier } from '../../src/detectors/outlier.ts'
import { simulateSeries } from '../../src/detectors/simulation/simulate-series.ts'
import { normal } from '../../src/stats/normal.ts'
import { createRandom } from '../../src/stats/random.ts'

import { findAsHunter } from './hunter.mjs'

const require = createRequire(import.meta.url)
const { default: BayesianChangePoint } = require('bayesian-changepoint')
initSync({ module: readFileSync(require.resolve('@bsull/augurs/changepoint').replace('.js', '_bg.wasm')) })

const rounds = Number(process.argv[2] ?? 300)
const levels = [0.05, 1e-4]
const lengths = [60, 182, 400]
const life = { distribution: 'negative binomial', rows: 60, memory: 0.5, noise: 0.1, growth: 0, isWeekly: true }
const shiftDays = 21
const judgedDays = 14

const mean = (values) => values.reduce((sum, x) => sum + x, 0) / values.length
const deviation = (values) =>
  Math.sqrt(values.reduce((sum, x) => sum + (x - mean(values)) ** 2, 0) / (values.length - 1))
const twoSided = (z) => 2 * normal.upperTail(Math.abs(z))

/** Each value divided by the mean of its weekday. */
function takeWeekdaysOut(values) {
  const means = Array.from({ length: 7 }, (_, day) => mean(values.filter((_, at) => at % 7 === day)))
  return Array.from(values, (x, at) => x / means[at % 7])
}

const judge = (detector) => (series) => {
  const { pValue, from } = detector.detect(series, detector.options.parse({}))
  return [{ pValue, from }]
}

/** The last days against mean and standard deviation of those before, paid for their number. */
function scoreDays(values) {
  const before = values.slice(0, -judgedDays)
  const [center, spread] = [mean(before), deviation(before)]
  return Array.from(values.slice(-judgedDays), (x, k) => ({
    pValue: Math.min(1, judgedDays * twoSided((x - center) / spread)),
    from: before.length + k,
  }))
}

/** The days since the shift against those before: it is told when to look, which no other is. */
function scoreShift(values) {
  const [before, after] = [values.slice(0, -shiftDays), values.slice(-shiftDays)]
  const error = deviation(before) * Math.sqrt(1 / before.length + 1 / after.length)
  return [{ pValue: twoSided((mean(after) - mean(before)) / error), from: before.length }]
}

/** As @antv/ava 3.4 finds change points: places of its Bayesian search, each with the p-value of Pettitt's test there. */
function findAsAva(values) {
  const search = new BayesianChangePoint({
    breakpointVerifier: (next, previous) => Math.abs(next.data - previous.data) >= 1,
    chunkSize: values.length,
    iteratee: (x) => x,
  })
  // the search takes a change by less than 1 for none: counts are what it expects
  const counts = values.map((x) => x * life.rows)
  search.exec(counts)
  const order = counts.map((x, at) => ({ x, at })).sort((a, b) => a.x - b.x)
  const ranks = new Float64Array(counts.length)
  order.forEach(({ at }, k) => {
    ranks[at] = k + 1
  })
  const count = counts.length
  return search.breakPoints().map(({ index }) => {
    const sum = ranks.subarray(0, index).reduce((total, rank) => total + rank, 0)
    const statistic = Math.abs(2 * sum - index * (count + 1))
    return { pValue: 2 * Math.exp((-6 * statistic ** 2) / (count ** 2 + count ** 3)), from: index }
  })
}

const augurs = ChangepointDetector.normalGamma({})

/** Bayesian online detection of augurs, its own settings, on standardised values: it has no level, so all it tells counts at both. */
function findAsAugurs(values) {
  const [center, spread] = [mean(values), deviation(values)]
  const { indices } = augurs.detectChangepoints(values.map((x) => (x - center) / spread))
  return indices.filter((from) => from > 0).map((from) => ({ pValue: 0, from }))
}

const withoutWeekdays = (find) => (series) => find(takeWeekdaysOut(series.values))
/** Where the level decides what is looked for, each is asked for by itself; what is found at one is not counted at another. */
const findAtEachLevel = (find) => (series) =>
  levels.flatMap((level) => find(takeWeekdaysOut(series.values), level).map((one) => ({ ...one, level })))

const contests = [
  {
    title: 'one day, three days ago',
    factors: [1, 0.4, 0.6, 1.6, 2.5],
    effect: (length, factor) => ({ from: length - 3, to: length - 2, factor }),
    slack: 0,
    share: 1,
    calm: 10,
    methods: {
      outlier: judge(outlier),
      'z-score': (series) => scoreDays(series.values),
      'z-score, weekdays out': withoutWeekdays(scoreDays),
    },
  },
  {
    title: `the last ${shiftDays} days`,
    factors: [1, 0.6, 0.8, 1.25, 1.6],
    effect: (length, factor) => ({ from: length - shiftDays, to: length, factor }),
    slack: 7,
    // augurs takes 0.1 s for a long series
    share: 0.25,
    calm: 4,
    methods: {
      level_shift: judge(levelShift),
      'z-score of these days': withoutWeekdays(scoreShift),
      'AVA (BOCPD, Pettitt)': withoutWeekdays(findAsAva),
      'augurs (BOCPD), no level': withoutWeekdays(findAsAugurs),
      'Otava (E-divisive, t)': findAtEachLevel(findAsHunter),
    },
  },
]

function measure({ effect, slack, share, calm, methods }, length, factor, random) {
  const drawn = Math.round(share * rounds * (factor === 1 ? calm : 1))
  const found = Object.keys(methods).map(() => levels.map(() => 0))
  for (let round = 0; round < drawn; round++) {
    const planted = effect(length, factor)
    const series = simulateSeries(random, { ...life, length }, planted)
    Object.values(methods).forEach((find, k) => {
      const told = find(series).filter(({ from }) => factor === 1 || Math.abs(from - planted.from) <= slack)
      levels.forEach((level, at) => {
        if (told.some((one) => one.pValue <= level && (one.level ?? level) === level)) found[k][at]++
      })
    })
  }
  return found.map((counts) => counts.map((count) => ((100 * count) / drawn).toFixed(factor === 1 ? 1 : 0)).join(', '))
}

const random = createRandom(1)
for (const { methods: all, ...rest } of contests) {
  const methods = Object.fromEntries(Object.entries(all).filter(([name]) => name.includes(process.argv[3] ?? '')))
  const contest = { ...rest, methods }
  const names = Object.keys(contest.methods)
  console.log(
    `\nPercent found at nominal 5%, 0.01% of ${contest.share * rounds} series: ${contest.title}, times a factor; 1 is false alarms, of ${contest.share * contest.calm * rounds}.\n`,
  )
  console.log(`| factor | days | ${names.join(' | ')} |\n|--:|--:|${names.map(() => '--:|').join('')}`)
  for (const factor of contest.factors)
    for (const length of lengths)
      console.log(`| ${factor} | ${length} | ${measure(contest, length, factor, random).join(' | ')} |`)
}
