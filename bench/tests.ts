/**
 * How often each test of `src/stats` calls small samples different where nothing is: the share of p-values at most 5%, 1%
 * and 0.1%, as a Markdown table. `node bench/tests.ts [rounds]`
 */
import { analyseVariance } from '../src/stats/anova.ts'
import { testSpread } from '../src/stats/brown-forsythe.ts'
import { testIndependence } from '../src/stats/chi-square-test.ts'
import { testExactly } from '../src/stats/fisher-exact.ts'
import type { CensoredTimes } from '../src/stats/kaplan-meier.ts'
import { correlateOrder } from '../src/stats/kendall.ts'
import { testKolmogorovSmirnov } from '../src/stats/kolmogorov-smirnov.ts'
import { testRanksOfGroups } from '../src/stats/kruskal-wallis.ts'
import { regress } from '../src/stats/linear-regression.ts'
import { testLogRank } from '../src/stats/log-rank.ts'
import { testMannWhitney } from '../src/stats/mann-whitney.ts'
import { type TwoByTwo, testHomogeneity, testStrata } from '../src/stats/mantel-haenszel.ts'
import { correlate } from '../src/stats/pearson.ts'
import { createRandom } from '../src/stats/random.ts'
import { correlateRanks } from '../src/stats/spearman.ts'
import { testWelch } from '../src/stats/welch.ts'
import { testSignedRanks } from '../src/stats/wilcoxon.ts'

const rounds = Number(process.argv[2] ?? 20_000)
const levels = [0.05, 0.01, 0.001] as const
const random = createRandom(3)

const draw = (length: number, one: () => number) => Float64Array.from({ length }, one)
const normal = random.normal
const exponential = random.exponential
const lognormal = () => Math.exp(random.normal())
const tied = () => Math.round(2 * random.normal())

/** Two of five members have not come to it when last seen. */
function drawTimes(length: number): CensoredTimes {
  const [times, ends] = [draw(length, exponential), draw(length, () => 1.5 * random.exponential())]
  return {
    time: times.map((time, at) => Math.ceil(10 * Math.min(time, ends[at]!))),
    happened: Uint8Array.from(times, (time, at) => Number(time <= ends[at]!)),
  }
}

function drawTable(rows: number, columns: number, members: number): Float64Array {
  const table = new Float64Array(rows * columns)
  for (let member = 0; member < members; member++) {
    const at = random.integer(0, rows - 1) * columns + random.integer(0, columns - 1)
    table[at] = table[at]! + 1
  }
  return table
}

function drawStratum(exposed: number, others: number, chance: number, ofOthers: number = chance): TwoByTwo {
  const [exposedWith, otherWith] = [random.binomial(exposed, chance), random.binomial(others, ofOthers)]
  return { exposedWith, exposedWithout: exposed - exposedWith, otherWith, otherWithout: others - otherWith }
}
const drawStrata = (length: number, one: () => TwoByTwo) => Array.from({ length }, one)

const tests: Readonly<Record<string, () => number>> = {
  'Mann–Whitney, 8 and 13, ties': () => testMannWhitney(draw(8, tied), draw(13, tied)).pValue,
  'Mann–Whitney, 100 and 400, ties': () => testMannWhitney(draw(100, tied), draw(400, tied)).pValue,
  'Kolmogorov–Smirnov, 12 and 20, ties': () => testKolmogorovSmirnov(draw(12, tied), draw(20, tied)).pValue,
  'Kolmogorov–Smirnov, 50 and 80': () => testKolmogorovSmirnov(draw(50, normal), draw(80, normal)).pValue,
  'chi-square, 3 × 4, 60 members': () => testIndependence(drawTable(3, 4, 60), 4).pValue,
  'chi-square, 2 × 6, 30 members': () => testIndependence(drawTable(2, 6, 30), 6).pValue,
  'Fisher, 12 and 20': () => testExactly(drawStratum(12, 20, 0.3)),
  'Brown–Forsythe, 10, 20, 30, exponential': () =>
    testSpread([draw(10, exponential), draw(20, exponential), draw(30, exponential)]).pValue,
  'analysis of variance, 8, 8, 8, lognormal': () =>
    analyseVariance([draw(8, lognormal), draw(8, lognormal), draw(8, lognormal)]).pValue,
  'Kruskal–Wallis, 5, 6, 7, ties': () => testRanksOfGroups([draw(5, tied), draw(6, tied), draw(7, tied)]).pValue,
  'Welch, 5 (three times the spread) and 25': () =>
    testWelch(
      draw(5, () => 3 * normal()),
      draw(25, normal),
    ).pValue,
  'Welch, 12 and 30, exponential': () => testWelch(draw(12, exponential), draw(30, exponential)).pValue,
  'log-rank, 15 and 30': () => testLogRank(drawTimes(15), drawTimes(30)).pValue,
  'log-rank, 50 and 50': () => testLogRank(drawTimes(50), drawTimes(50)).pValue,
  'Mantel–Haenszel, 10 strata of 6 and 9': () =>
    testStrata(drawStrata(10, () => drawStratum(6, 9, random.uniform()))).pValue,
  'Breslow–Day–Tarone, 4 strata of 60 and 90': () => {
    const strata = drawStrata(4, () => drawStratum(60, 90, 0.4, 0.3))
    return testHomogeneity(strata, testStrata(strata).oddsRatio.value).pValue
  },
  'Pearson, 12 pairs': () => correlate(draw(12, normal), draw(12, normal)).pValue,
  'Pearson, 30 pairs, lognormal': () => correlate(draw(30, lognormal), draw(30, lognormal)).pValue,
  'Spearman, 12 pairs': () => correlateRanks(draw(12, lognormal), draw(12, lognormal)).pValue,
  'Kendall, 12 pairs, ties': () => correlateOrder(draw(12, tied), draw(12, tied)).pValue,
  'Wilcoxon, 15, ties': () => testSignedRanks(draw(15, tied)).pValue,
  'Wilcoxon, 150': () => testSignedRanks(draw(150, normal)).pValue,
  'regression, 3 columns, 20 rows': () =>
    regress([draw(20, normal), draw(20, lognormal), draw(20, normal)], draw(20, normal)).coefficients[2]!.pValue,
}

console.log('| test | 5% | 1% | 0.1% |\n|---|--:|--:|--:|')
for (const [name, judge] of Object.entries(tests)) {
  const counts = levels.map(() => 0)
  for (let round = 0; round < rounds; round++) {
    const pValue = judge()
    levels.forEach((level, at) => {
      if (!(pValue > level)) counts[at] = counts[at]! + 1
    })
  }
  console.log(`| ${name} | ${counts.map((count) => `${((100 * count) / rounds).toFixed(2)}%`).join(' | ')} |`)
}
