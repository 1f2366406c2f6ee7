/**
 * The listed changes of series beside those that people marked, by the rules of the Turing Change Point Dataset (van den Burg and
 * Williams 2020, https://arxiv.org/abs/2003.06222). `node bench/change-points.ts <folder with series.json.gz>`: name → values and the marks of
 * each annotator. Means are over the univariate series without the quality control's; `none` lists nothing, a floor.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Detector } from '../src/detectors/detector.ts'
import { levelShift } from '../src/detectors/level-shift.ts'
import { detectFile } from '../src/engine/files/detect-file.ts'

interface Marked {
  readonly n_obs: number
  readonly n_dim: number
  readonly time: readonly string[] | null
  readonly series: Readonly<Record<string, readonly (number | null)[]>>
  readonly annotations: Readonly<Record<string, readonly number[]>>
}

const [folder] = process.argv.slice(2)
if (folder === undefined) {
  console.error('name the folder of the series: node bench/change-points.ts <folder>')
  process.exit(2)
}
const margin = 5
const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length

/** How many marks have a place of their own within the margin. */
function countMet(marks: ReadonlySet<number>, places: ReadonlySet<number>): number {
  const free = new Set(places)
  let met = 0
  for (const mark of [...marks].sort((a, b) => a - b)) {
    const near = [...free]
      .filter((place) => Math.abs(place - mark) <= margin)
      .sort((a, b) => Math.abs(a - mark) - Math.abs(b - mark) || a - b)[0]
    if (near === undefined) continue
    free.delete(near)
    met++
  }
  return met
}

function measureF1(annotators: readonly (readonly number[])[], places: readonly number[]): number {
  const found = new Set([0, ...places])
  const marks = annotators.map((one) => new Set([0, ...one]))
  const precision = countMet(new Set(marks.flatMap((one) => [...one])), found) / found.size
  const recall = mean(marks.map((one) => countMet(one, found) / one.size))
  return (2 * precision * recall) / (precision + recall)
}

function measureCover(annotators: readonly (readonly number[])[], places: readonly number[], length: number): number {
  const cut = (at: readonly number[]) => {
    const starts = [...new Set([0, ...at])].sort((a, b) => a - b)
    return starts.map((start, k) => [start, starts[k + 1] ?? length] as const)
  }
  const own = cut(places)
  const coverOf = ([from, to]: readonly [number, number]) =>
    Math.max(
      ...own.map(([start, end]) => {
        const both = Math.max(0, Math.min(to, end) - Math.max(from, start))
        return both / (to - from + end - start - both)
      }),
    )
  return mean(
    annotators.map(
      (marks) => cut(marks).reduce((sum, piece) => sum + (piece[1] - piece[0]) * coverOf(piece), 0) / length,
    ),
  )
}

/** Years and months become their first day. */
const toDay = (time: string) => time + (['', '-01-01', '-01'][time.split('-').length] ?? '')

async function listPlaces(name: string, { series, time }: Marked): Promise<readonly number[]> {
  const file = join(scratch, `${name}.csv`)
  const values = Object.values(series)[0]!
  const rows = values.map((value, row) => `${time ? toDay(time[row]!) : row},${value ?? ''}`)
  writeFileSync(file, ['time,value', ...rows, ''].join('\n'))
  const found = await detectFile(file, {
    detector: levelShift as Detector,
    time: 'time',
    value: 'value',
    season: 0,
    isStreaming: false,
  })
  if ('error' in found) throw new Error(found.error)
  return found.changes.map(({ index }) => index)
}

const all = JSON.parse(gunzipSync(readFileSync(join(folder, 'series.json.gz'))).toString()) as Record<string, Marked>
const scratch = mkdtempSync(join(tmpdir(), 'change-points-'))
console.log('| series | points | F1 | F1 of none | cover | cover of none | changes |\n|---|--:|--:|--:|--:|--:|---|')
const scores: number[][] = []
for (const [name, marked] of Object.entries(all)) {
  if (marked.n_dim !== 1) continue
  const places = await listPlaces(name, marked)
  const annotators = Object.values(marked.annotations)
  const score = [places, []].flatMap((one) => [measureF1(annotators, one), measureCover(annotators, one, marked.n_obs)])
  if (!name.startsWith('quality_control')) scores.push(score)
  const [f1, cover, noneF1, noneCover] = score.map((x) => x.toFixed(3))
  console.log(`| ${name} | ${marked.n_obs} | ${f1} | ${noneF1} | ${cover} | ${noneCover} | ${places.join(', ')} |`)
}
rmSync(scratch, { recursive: true })
const [f1, cover, noneF1, noneCover] = [0, 1, 2, 3].map((k) => mean(scores.map((score) => score[k]!)).toFixed(3))
console.log(`| mean of ${scores.length} | | ${f1} | ${noneF1} | ${cover} | ${noneCover} | |`)
