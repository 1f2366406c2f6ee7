import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { findSeriesDetector } from '../../src/detectors/index.ts'
import { type DetectedPoint, detectFile } from '../../src/engine/files/detect-file.ts'

interface Label {
  readonly file: string
  /** First and last time of each window. */
  readonly windows: readonly (readonly [string, string])[]
}
interface Published {
  readonly detectors: Record<
    string,
    {
      readonly standard: number
      readonly reward_low_FP_rate: number
      readonly reward_low_FN_rate: number
      readonly event: { readonly precision: number; readonly recall: number; readonly f1: number }
    }
  >
}
/** A stream's alarms, and its labelled windows, as rows. */
interface Judged {
  readonly rows: number
  readonly alarms: readonly number[]
  readonly windows: readonly (readonly [number, number])[]
}
/** What a hit, a false alarm and a miss weigh: standard, few false alarms, few misses. */
const profiles = [
  { hit: 1, false: 0.11, miss: 1 },
  { hit: 1, false: 0.22, miss: 1 },
  { hit: 1, false: 0.11, miss: 2 },
] as const
/** Alarms at most this many rows apart are one episode. */
const episodeRows = 10

const sum = (numbers: readonly number[]) => numbers.reduce((total, x) => total + x, 0)
const isIn = (row: number, [from, to]: readonly [number, number]) => row >= from && row <= to
const fade = (x: number) => (x > 3 ? -1 : 2 / (1 + Math.exp(5 * x)) - 1)

/** NAB's score of one stream: the earlier in a window the better, the further after one the worse; the first rows do not count. */
function scoreNab({ alarms, windows }: Judged, weights: (typeof profiles)[number]): number {
  const best = windows.map(() => -weights.miss)
  let score = 0
  for (const row of alarms) {
    const inside = windows.findIndex((window) => isIn(row, window))
    if (inside >= 0) {
      const [from, to] = windows[inside]!
      const reward = (weights.hit * fade(-(to - row + 1) / (to - from + 1))) / fade(-1)
      best[inside] = Math.max(best[inside]!, reward)
      continue
    }
    const before = windows.findLast(([, to]) => to < row)
    score += weights.false * (before ? fade((row - before[1]) / (before[1] - before[0])) : -1)
  }
  return score + sum(best)
}

function countEvents({ alarms, windows }: Judged): { hits: number; falseEpisodes: number } {
  const episodes: number[][] = []
  for (const row of alarms) {
    const last = episodes.at(-1)
    if (last && row - last.at(-1)! <= episodeRows) last.push(row)
    else episodes.push([row])
  }
  const isHit = (window: readonly [number, number]) => alarms.some((row) => isIn(row, window))
  const isFalse = (rows: readonly number[]) => !windows.some((window) => rows.some((row) => isIn(row, window)))
  return { hits: windows.filter(isHit).length, falseEpisodes: episodes.filter(isFalse).length }
}

async function judgeFolder(folder: string): Promise<readonly Judged[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'hunch-streaming-'))
  const labels = Object.values(JSON.parse(readFileSync(join(folder, 'labels.json'), 'utf8')) as Record<string, Label>)
  const judged: Judged[] = []
  for (const label of labels) {
    const file = join(scratch, 'series.csv')
    writeFileSync(file, gunzipSync(readFileSync(join(folder, label.file))))
    const options = { time: 'timestamp', value: 'value', season: 0, isStreaming: true }
    const answer = await detectFile(file, { detector: findSeriesDetector('outlier')!, ...options })
    if ('error' in answer) throw new Error(`${label.file}: ${answer.error}`)
    const rows = answer.points.length
    const from = Math.min(Math.floor(0.15 * rows), 750)
    const isAlarm = ({ score }: DetectedPoint, row: number) => row >= from && score !== null && score >= 0.5
    const find = (time: string) => answer.points.findIndex(({ at }) => at === time)
    judged.push({
      rows,
      alarms: answer.points.flatMap((point, row) => (isAlarm(point, row) ? [row] : [])),
      windows: label.windows.map(([first, last]) => [find(first), find(last)]),
    })
  }
  rmSync(scratch, { recursive: true })
  return judged
}

/**
 * Prints the Numenta Anomaly Benchmark beside what its published detectors reach on the same series. The folder has `labels.json` (series →
 * `file`, `windows`), the series as gzipped csv files and `published_scores_this_half.json`.
 */
export async function printNab(folder: string): Promise<void> {
  const judged = await judgeFolder(folder)
  const windows = sum(judged.map((one) => one.windows.length))
  const scores = profiles.map((weights) => {
    const raw = sum(judged.map((one) => scoreNab(one, weights)))
    return (100 * (raw + weights.miss * windows)) / ((weights.hit + weights.miss) * windows)
  })
  const events = judged.map(countEvents)
  const hits = sum(events.map((one) => one.hits))
  const precision = hits / (hits + sum(events.map((one) => one.falseEpisodes)))
  const recall = hits / windows
  const f1 = (2 * precision * recall) / (precision + recall)
  const { detectors } = JSON.parse(readFileSync(join(folder, 'published_scores_this_half.json'), 'utf8')) as Published
  const lines = Object.entries(detectors).map(([name, { event, ...one }]): [string, number[]] => [
    name,
    [one.standard, one.reward_low_FP_rate, one.reward_low_FN_rate, event?.precision, event?.recall, event?.f1],
  ])
  lines.push(['**hunch**', [...scores, precision, recall, f1]])
  const rows = sum(judged.map((one) => one.rows))
  console.log(`\n${judged.length} series, ${windows} windows, ${rows.toLocaleString('en-US')} points.\n`)
  console.log(
    '| detector | NAB standard | low FP | low FN | event precision | recall | F1 |\n|---|--:|--:|--:|--:|--:|--:|',
  )
  for (const [name, figures] of lines.sort(([, a], [, b]) => b[0]! - a[0]!))
    console.log(`| ${name} | ${figures.map((x, k) => x?.toFixed(k < 3 ? 1 : 2) ?? '–').join(' | ')} |`)
}
