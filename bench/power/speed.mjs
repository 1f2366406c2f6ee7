/**
 * Series a second on one core, beside augurs (Rust, compiled to WebAssembly) on the same work: what to expect of every point and how far it
 * may stray (`outlier` beside MSTL with ETS and its intervals), and where the level changed (`level_shift` beside Bayesian online
 * detection). `npm ci --prefix bench/power && node bench/power/speed.mjs [SERIES]`
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { ChangepointDetector, initSync as initChangepoint } from '@bsull/augurs/changepoint'
import { initSync as initMstl, MSTL } from '@bsull/augurs/mstl'
import { levelShift } from '../../src/detectors/level-shift.ts'
import { outlier } from '../../src/detectors/outlier.ts'
import { lives, simulateSeries } from '../../src/detectors/simulation/simulate-series.ts'
import { createRandom } from '../../src/stats/random.ts'

const require = createRequire(import.meta.url)
const readModule = (name) => ({
  module: readFileSync(require.resolve(`@bsull/augurs/${name}`).replace('.js', '_bg.wasm')),
})
initChangepoint(readModule('changepoint'))
initMstl(readModule('mstl'))

const count = Number(process.argv[2] ?? 100)
/** Time of this process alone: other work on the machine does not count. */
const cpuMs = () => process.cpuUsage().user / 1000

const judge = (detector) => (series) => detector.detect({ ...series }, detector.options.parse({}))
const works = {
  outlier: judge(outlier),
  'augurs MSTL, ETS': ({ values }) => {
    const model = MSTL.ets([7])
    model.fit(values)
    model.predictInSample(0.95)
    model.free()
  },
  level_shift: judge(levelShift),
  'augurs BOCPD': ({ values }) => {
    const center = values.reduce((sum, x) => sum + x, 0) / values.length
    const spread = Math.sqrt(values.reduce((sum, x) => sum + (x - center) ** 2, 0) / values.length)
    ChangepointDetector.normalGamma({}).detectChangepoints(values.map((x) => (x - center) / spread))
  },
}

console.log(`| points | ${Object.keys(works).join(' | ')} |\n|--:|${'--:|'.repeat(Object.keys(works).length)}`)
for (const length of [90, 400, 2000]) {
  const random = createRandom(length)
  const life = { ...lives['with memory'], length, growth: 0.0005 }
  const series = Array.from({ length: length > 1000 ? count / 4 : count }, () => simulateSeries(random, life))
  const rates = Object.values(works).map((work) => {
    for (const one of series.slice(0, 20)) work(one)
    const start = cpuMs()
    for (const one of series) work(one)
    return (1000 * series.length) / (cpuMs() - start)
  })
  console.log(`| ${length} | ${rates.map((rate) => rate.toPrecision(3)).join(' | ')} |`)
}
