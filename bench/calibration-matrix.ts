/**
 * False alarms by season, length, distribution, memory and trend: how often each detector of series gives a p-value of at most 5% and 1% in each cell of
 * `src/detectors/simulation/calibration-matrix.ts`, and per detector over all cells. `node bench/calibration-matrix.ts [series a cell]`.
 */
import { listDetectors } from '../src/detectors/index.ts'
import { calibrationMatrix } from '../src/detectors/simulation/calibration-matrix.ts'
import { alarmsMax } from '../src/detectors/simulation/count-alarms.ts'
import { type Life, simulateSeries } from '../src/detectors/simulation/simulate-series.ts'
import { createRandom } from '../src/stats/random.ts'

const rounds = Number(process.argv[2] ?? 2000)
const levels = [0.05, 0.01] as const
const judges = listDetectors('series').map(({ name, options, detect }) => ({
  name,
  options: options.parse({}),
  detect,
}))

interface Cell {
  readonly title: string
  /** Of each detector, how many were tested and at most each level; empty where what is drawn is what the detector looks for. */
  readonly alarms: readonly { tested: number; readonly counts: number[] }[]
}

/** Growth is a trend; shares grow only in the rows behind them. */
const isTrue = (name: string, { growth, distribution }: Life) =>
  name === 'trend' && growth > 0 && distribution !== 'binomial ratio'

function measureCell(title: string, life: Life, seed: number): Cell {
  const random = createRandom(seed)
  const alarms = judges.map(() => ({ tested: 0, counts: levels.map(() => 0) }))
  for (let round = 0; round < rounds; round++) {
    const series = simulateSeries(random, life)
    judges.forEach(({ name, options, detect }, k) => {
      const verdict = isTrue(name, life) ? undefined : detect(series, options)
      if (verdict?.status !== 'tested') return
      const own = alarms[k]!
      own.tested++
      levels.forEach((level, at) => {
        if (verdict.pValue <= level) own.counts[at] = own.counts[at]! + 1
      })
    })
  }
  return { title, alarms }
}

const share = (part: number, whole: number) => (whole > 0 ? `${((100 * part) / whole).toFixed(1)}` : '')

const started = process.cpuUsage().user
console.log(`${rounds.toLocaleString('en-US')} series a cell; percent of p-values at most 5%, 1%.\n`)
console.log(`| cell | ${judges.map(({ name }) => name).join(' | ')} |\n|---|${judges.map(() => '--:|').join('')}`)
const cells = Object.entries(calibrationMatrix).map(([title, life], k) => {
  const cell = measureCell(title, life, k + 1)
  const shown = cell.alarms.map(({ tested, counts }) => counts.map((count) => share(count, tested)).join(', '))
  console.log(`| ${title} | ${shown.map((text) => (text === ', ' ? '' : text)).join(' | ')} |`)
  return cell
})

console.log('\n| detector | cells | mean at 5% | highest | mean at 1% | highest | cells above 5% or 1% beyond chance |')
console.log('|---|--:|--:|--:|--:|--:|---|')
judges.forEach(({ name }, k) => {
  const own = cells.flatMap(({ title, alarms }) => (alarms[k]!.tested > 0 ? [{ title, ...alarms[k]! }] : []))
  const shown = levels.flatMap((_, at) => {
    const shares = own.map(({ tested, counts }) => counts[at]! / tested)
    return [shares.reduce((sum, x) => sum + x, 0) / shares.length, Math.max(...shares)]
  })
  const above = own.filter(({ tested, counts }) => levels.some((level, at) => counts[at]! > alarmsMax(tested, level)))
  const titles = above.map(({ title }) => title).join('; ')
  console.log(
    `| ${name} | ${own.length} | ${shown.map((x) => `${(100 * x).toFixed(1)}%`).join(' | ')} | ${titles || 'none'} |`,
  )
})
console.log(`\n${((process.cpuUsage().user - started) / 6e7).toFixed(1)} minutes of one core.`)
