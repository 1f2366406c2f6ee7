import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findSeriesDetector } from '../../detectors/index.ts'
import { createRandom } from '../../stats/random.ts'
import { detectFile } from './detect-file.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hunch-detect-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const stream = async (times: readonly string[], values: readonly number[]) => {
  const file = join(folder, 'stream.csv')
  writeFileSync(file, ['time,value', ...times.map((time, row) => `${time},${values[row]}`)].join('\n'))
  const answer = await detectFile(file, {
    detector: findSeriesDetector('outlier')!,
    time: 'time',
    value: 'value',
    season: 0,
    isStreaming: true,
  })
  if ('error' in answer) throw new Error(answer.error)
  return answer
}
const fiveMinutes = (step: number) => new Date(Date.UTC(2026, 0, 5) + step * 300_000).toISOString().slice(0, 19)
const draw = (count: number) => {
  const random = createRandom(7)
  const values = Array.from({ length: count }, () => random.normal())
  values[count - 50] = 30
  return values
}

test('a stream with gaps has a point a row, and knows its day and week', async () => {
  const steps = Array.from({ length: 1500 }, (_, k) => k).filter((k) => k < 600 || k >= 640)
  const { points, verdict } = await stream(steps.map(fiveMinutes), draw(steps.length))
  expect(verdict).toEqual({ status: 'streamed', cycles: [288, 2016] })
  expect(points.map(({ at }) => at)).toEqual(steps.map(fiveMinutes))
  expect(points.flatMap(({ score }, row) => (score! >= 0.5 ? [row] : []))).toContain(steps.length - 50)
})

test('a stream whose times repeat is taken in the order of its rows', async () => {
  const times = Array.from({ length: 1500 }, (_, k) => fiveMinutes(k >= 700 ? k - 12 : k))
  const { points } = await stream(times, draw(1500))
  expect(points.map(({ at }) => at)).toEqual(times)
  expect(points[1450]!.score).toBeGreaterThanOrEqual(0.5)
  expect(points[1450]!.pValue).toBeLessThan(0.001)
})
