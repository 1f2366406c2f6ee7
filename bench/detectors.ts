/** How many series a second all detectors judge on one core, at 90, 400 and 2,000 points. `node bench/detectors.ts [series]` */
import { listDetectors } from '../src/detectors/index.ts'
import { lives, simulateSeries } from '../src/detectors/simulation/simulate-series.ts'
import { createRandom } from '../src/stats/random.ts'

const count = Number(process.argv[2] ?? 600)
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
