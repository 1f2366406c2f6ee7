/**
 * How often each detector cries wolf on series in which nothing happens, as a Markdown table: the share of p-values at most 5%, 1%
 * and 0.1%, and the smallest one. `node bench/calibration.ts [rounds a cell] [detector …]`; 2,000 rounds of all take half an hour.
 */
import { listDetectors } from '../src/detectors/index.ts'
import { countAlarms } from '../src/detectors/testing/count-alarms.ts'
import { lives } from '../src/detectors/testing/simulate-series.ts'

const [rounds = '2000', ...names] = process.argv.slice(2)
const levels = [0.05, 0.01, 0.001] as const
const chosen = names.length > 0 ? names : listDetectors('series').map(({ name }) => name)

console.log(`${Number(rounds).toLocaleString('en-US')} series a cell; shares of p-values at most 5%, 1%, 0.1%.\n`)
console.log('| detector | life | points | memory | 5% | 1% | 0.1% | smallest p |\n|---|---|--:|--:|--:|--:|--:|--:|')
for (const name of chosen)
  for (const [title, life] of Object.entries(lives)) {
    // growth is a trend: the detector of trends is right to tell it
    const isTrue = name === 'trend' && life.growth !== 0 && life.distribution !== 'binomial ratio'
    if (isTrue) continue
    const { tested, counts, least } = countAlarms(name, life, Number(rounds), levels, 1)
    const shares = counts.map((count) => `${((100 * count) / tested).toFixed(2)}%`)
    console.log(
      `| ${name} | ${title} | ${life.length} | ${life.memory} | ${shares.join(' | ')} | ${least.toExponential(1)} |`,
    )
  }
