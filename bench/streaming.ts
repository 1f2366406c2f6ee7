/**
 * How `detect outlier --streaming` does, as Markdown tables: alarms on streams in which nothing happens, time a point, what of planted effects is
 * told, and, given a folder, the Numenta Anomaly Benchmark (NAB; Lavin and Ahmad 2015). `node bench/streaming.ts [folder]`; what the
 * folder has is told in `streaming/print-nab.ts`. One setting and a score of 0.5 for all streams.
 */
import { calmStreams, streamCycle } from '../src/detectors/simulation/calm-streams.ts'
import { scoreStream } from '../src/detectors/stream/score-stream.ts'
import { createRandom } from '../src/stats/random.ts'
import { printNab } from './streaming/print-nab.ts'

/** A day and a week of a stream. */
const cycles = [streamCycle, 7 * streamCycle]

function printCalm(): void {
  const [streams, length, known] = [20, 10_000, 750]
  console.log(`${streams} streams of ${length} points a row; the first ${known} points count apart.\n`)
  console.log('| nothing happens in | alarms in 1,000 points | in the first 750 | p ≤ 5% | p ≤ 1% | p ≤ 0.1% |')
  console.log('|---|--:|--:|--:|--:|--:|')
  const start = process.cpuUsage().user
  for (const [title, draw] of Object.entries(calmStreams)) {
    const random = createRandom(1)
    let [alarms, early, judged] = [0, 0, 0]
    const counts = [0, 0, 0]
    for (let stream = 0; stream < streams; stream++) {
      const { score, pValue } = scoreStream(draw(random, length), cycles)
      score.forEach((one, at) => {
        if (one < 0.5) return
        if (at < known) early++
        else alarms++
      })
      for (const p of pValue) {
        if (!Number.isFinite(p)) continue
        judged++
        for (const [k, level] of [0.05, 0.01, 0.001].entries()) if (p <= level) counts[k] = counts[k]! + 1
      }
    }
    const shares = counts.map((count) => `${((100 * count) / judged).toFixed(2)}%`)
    const often = ((1000 * alarms) / (streams * (length - known))).toFixed(2)
    console.log(`| ${title} | ${often} | ${(early / streams).toFixed(2)} | ${shares.join(' | ')} |`)
  }
  const points = Object.keys(calmStreams).length * streams * length
  console.log(`\n${((process.cpuUsage().user - start) / points).toFixed(1)} ms of processor time for 1,000 points.`)
}

/** What happens at row `onset`, to a stream whose standard deviation is 1. */
const onset = 3000
const effects: Readonly<Record<string, (values: Float64Array, size: number) => void>> = {
  'one point off by': (values, size) => {
    values[onset]! += size
  },
  'a new level, off by': (values, size) => {
    for (let at = onset; at < values.length; at++) values[at]! += size
  },
  'ten points off by': (values, size) => {
    for (let at = onset; at < onset + 10; at++) values[at]! += size
  },
}

function printPlanted(): void {
  const [streams, sizes] = [60, [2, 3, 4, 6, 10]]
  console.log(`\n${streams} streams a cell: share told within 64 points of row ${onset}.\n`)
  console.log(`| what happens | in | ${sizes.map((size) => `${size} sd`).join(' | ')} |`)
  console.log(`|---|---|${sizes.map(() => '--:|').join('')}`)
  for (const [effect, plant] of Object.entries(effects))
    for (const title of ['white noise', 'memory 0.9', 'days and noise']) {
      const sd = title === 'memory 0.9' ? 1 / Math.sqrt(1 - 0.9 ** 2) : 1
      const shares = sizes.map((size) => {
        const random = createRandom(size)
        let told = 0
        for (let stream = 0; stream < streams; stream++) {
          const values = calmStreams[title]!(random, onset + 100)
          plant(values, size * sd)
          const { score } = scoreStream(values, cycles)
          if (score.subarray(onset, onset + 64).some((one) => one >= 0.5)) told++
        }
        return `${Math.round((100 * told) / streams)}%`
      })
      console.log(`| ${effect} | ${title} | ${shares.join(' | ')} |`)
    }
}

printCalm()
printPlanted()
if (process.argv[2]) await printNab(process.argv[2])
