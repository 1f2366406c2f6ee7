import type { Series } from '../shapes.ts'
import { analyseChanges } from './analyse-changes.ts'
import { judgePoints } from './judge-points.ts'
import type { PointScores } from './point-scores.ts'

/** Score of a p-value: 0 for what is usual, ½ at 1e-6, 1 from 1e-12 on. */
const scoreOf = (pValue: number): number => Math.min(1, Math.max(0, -Math.log10(pValue) / 12))

/** Every point of a series judged against all others; undefined when there is too little to judge by. NaN where there is no value. */
export function judgeSeries(series: Series, season: number): PointScores | undefined {
  const analysis = analyseChanges(series, season)
  if (analysis.status === 'untestable') return undefined
  const { points, band, weigh } = judgePoints(series, analysis, 0)
  const length = series.values.length
  const pValue = new Float64Array(length).fill(Number.NaN)
  const score = new Float64Array(length)
  for (const point of points) {
    const place = analysis.sample.place[point.at]!
    pValue[place] = weigh(point.score)
    score[place] = scoreOf(pValue[place])
  }
  return { ...band, pValue, score }
}
