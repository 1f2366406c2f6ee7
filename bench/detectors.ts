/**
 * How many series a second the detectors of series judge on one core: each at 90 to 2,000 points, and the standard battery on 182
 * points of every calm life in turn. `node bench/detectors.ts [series of each length] [series of the battery]`
 */
import { listDetectors } from '../src/detectors/index.ts'
import { lives, simulateSeries } from '../src/detectors/simulation/simulate-series.ts'
import { createRandom } from '../src/stats/random.ts'

const count = Number(process.argv[2] ?? 600)
const batteryCount = Number(process.argv[3] ?? 10_000)
/** Time of this process alone: other work on the machine does not count. */
const cpuMs = () => process.cpuUsage().user / 1000

console.log(
  `| points | ${listDetectors('series')
    .map(({ name }) => `${name} ms`)
    .join(' | ')} | all, series/s |`,
)
console.log(
  `|--:|${listDetectors('series')
    .map(() => '--:|')
    .join('')}--:|`,
)
for (const length of [90, 182, 400, 2000]) {
  const random = createRandom(length)
  const life = { ...lives['with memory']!, length, growth: 0.0005 }
  const series = Array.from({ length: length > 1000 ? count / 4 : count }, () => simulateSeries(random, life))
  const spent = listDetectors('series').map(() => 0)
  for (const round of ['warm', 'measured'])
    for (const one of series) {
      // a fresh object: detectors of one series share its analysis, as in a cycle, but not with the round before
      const fresh = { ...one }
      listDetectors('series').forEach((detector, k) => {
        const start = cpuMs()
        detector.detect(fresh, detector.options.parse({}))
        if (round === 'measured') spent[k] = spent[k]! + cpuMs() - start
      })
    }
  const total = spent.reduce((sum, ms) => sum + ms, 0)
  const cells = spent.map((ms) => (ms / series.length).toFixed(3))
  console.log(`| ${length} | ${cells.join(' | ')} | ${Math.round((1000 * series.length) / total)} |`)
}
console.log('\nThe first detector that needs it pays for the analysis that all share.')

const battery = ['outlier', 'level_shift', 'trend', 'trend_change', 'drought', 'volatility']
const standard = listDetectors('series').filter(({ name }) => battery.includes(name))
const defaults = standard.map((detector) => detector.options.parse({}))
const kinds = Object.values(lives)
const random = createRandom(1)
const drawn = Array.from({ length: batteryCount }, (_, k) =>
  simulateSeries(random, { ...kinds[k % kinds.length]!, length: 182 }),
)
const judge = (from: number, to: number) => {
  for (const one of drawn.slice(from, to))
    for (const [k, detector] of standard.entries()) detector.detect(one, defaults[k])
}
// what warms up is judged again as fresh objects
const warm = Math.min(200, batteryCount)
for (let k = 0; k < warm; k++) drawn.push({ ...drawn[k]! })
judge(batteryCount, batteryCount + warm)
const start = cpuMs()
judge(0, batteryCount)
const seconds = (cpuMs() - start) / 1000
console.log(
  `\nStandard battery (${battery.join(', ')}), 182 points: ${batteryCount.toLocaleString('en-US')} series in ${seconds.toFixed(1)} s of one core, ${Math.round(batteryCount / seconds)} series/s.`,
)
