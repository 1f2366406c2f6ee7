import type { Detector } from '../../detectors/detector.ts'
import { judgeSeries } from '../../detectors/series/judge-series.ts'
import { type Change, listChanges } from '../../detectors/series/list-changes.ts'
import { chooseCycles } from '../../detectors/stream/choose-cycles.ts'
import { scoreStream } from '../../detectors/stream/score-stream.ts'
import { readSeriesFile, type SeriesFile } from './read-series-file.ts'

export interface DetectOptions {
  readonly detector: Detector
  /** Names of columns. */
  readonly time: string
  readonly value: string
  /** Points a season; 0 takes what the dates suggest. */
  readonly season: number
  /** Whether each point is judged from earlier points alone. */
  readonly isStreaming: boolean
}

/** One row, judged. Null where there is nothing to say. */
export interface DetectedPoint {
  readonly at: string
  readonly value: number | null
  readonly expected: number | null
  readonly low: number | null
  readonly high: number | null
  readonly score: number | null
  readonly pValue: number | null
}

/** What `hunch detect` prints for a file: one JSON line. */
export type DetectedFile =
  | {
      readonly file: string
      readonly detector: string
      readonly points: readonly DetectedPoint[]
      readonly changes: readonly (Change & { readonly at: string })[]
      /** The verdict in numbers, or why there is none. */
      readonly verdict: Readonly<Record<string, unknown>>
    }
  | { readonly file: string; readonly error: string }

const orNull = (x: number | undefined): number | null => (x !== undefined && Number.isFinite(x) ? x : null)

/** The arrays from which points are made; NaN where there is nothing to say. */
interface Judged {
  readonly expected: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
  readonly score?: Float64Array
  readonly pValue?: Float64Array
}

function judge(
  { series, stepMs }: SeriesFile,
  { detector, season, isStreaming }: DetectOptions,
): { judged: Judged | undefined; verdict: Record<string, unknown> } {
  if (isStreaming) {
    const cycles = chooseCycles(series.grain, stepMs, season)
    return { judged: scoreStream(series.values, cycles), verdict: { status: 'streamed', cycles } }
  }
  const verdict = detector.detect(series, detector.options.parse({ season }))
  if (verdict.status === 'untestable') return { judged: undefined, verdict: { ...verdict } }
  const { band, details, ...numbers } = verdict
  const points = detector.name === 'outlier' ? judgeSeries(series, season) : undefined
  return { judged: points ?? band, verdict: { ...numbers, change: orNull(numbers.change), details } }
}

/** Runs a detector on one csv file. A file that cannot be judged is an answer, too. */
export async function detectFile(file: string, options: DetectOptions): Promise<DetectedFile> {
  const read = await readSeriesFile(file, options.time, options.value)
  if ('error' in read) return { file, error: read.error }
  const { series, placeOfRow, at, values } = read
  const { judged, verdict } = judge(read, options)
  const rowOfPlace = new Map(Array.from(placeOfRow, (place, row) => [place, row]))
  const changes = options.detector.name === 'level_shift' ? listChanges(series, options.season) : []
  return {
    file,
    detector: options.detector.name,
    points: at.map((text, row) => {
      const place = placeOfRow[row]!
      return {
        at: text,
        value: orNull(values[row]),
        expected: orNull(judged?.expected[place]),
        low: orNull(judged?.low[place]),
        high: orNull(judged?.high[place]),
        score: orNull(judged?.score?.[place]),
        pValue: orNull(judged?.pValue?.[place]),
      }
    }),
    changes: changes.map((change) => {
      const row = rowOfPlace.get(change.index) ?? at.length
      return { ...change, index: row, at: at[row]! }
    }),
    verdict,
  }
}
