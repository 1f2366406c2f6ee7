import { analyseChanges } from './analyse-changes.ts'
import { judgePoints } from './judge-points.ts'
import { type StreamScores, scoreOf } from './score-stream.ts'
import type { Series } from './shapes.ts'

/** Every point of a series judged against all others; undefined when there is too little to judge by. NaN where there is no value. */
export function judgeSeries(series: Series, season: number): StreamScores | undefined {
  const analysis = analyseChanges(series, season)
  if (analysis.status === 'untestable') return undefined
  const { points, band } = judgePoints(series, analysis, 0)
  const length = series.values.length
  const pValue = new Float64Array(length).fill(Number.NaN)
  const score = new Float64Array(length)
  for (const point of points) {
    const place = analysis.sample.place[point.at]!
    pValue[place] = point.pValue
    score[place] = scoreOf(point.pValue)
  }
  return { ...band, pValue, score }
}
