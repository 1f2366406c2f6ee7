import type { TestedSeries, Verdict } from '../detector.ts'
import type { AccountCounts, Arrivals, Breakdown, Goal, Series, SeriesPair } from '../shapes.ts'
import { openCanvas, rangeOf } from './canvas.ts'

const toPoints = (values: ArrayLike<number>) => Array.from(values, (value, at) => [at, value] as const)

/** Values, expected line and band, the affected stretch in colour. */
export function drawSeriesPicture({ values, at }: Series, verdict: Verdict<'series'>, label: string): string {
  const tested = verdict.status === 'tested' ? (verdict as TestedSeries) : undefined
  const canvas = openCanvas([0, values.length - 1], rangeOf(values))
  if (tested) canvas.band(toPoints(tested.band.low), toPoints(tested.band.high))
  if (tested) canvas.line(toPoints(tested.band.expected), 'quiet', true)
  canvas.line(toPoints(values), 'second')
  if (tested && tested.pValue < 1e-3) {
    const affected = toPoints(values).slice(tested.from, tested.to)
    canvas.line(affected, 'loud')
    if (affected.length < 4) canvas.dots(affected, 'loud', 3.5)
  }
  canvas.text([0], at[0] ?? '')
  canvas.text([values.length - 1], at.at(-1) ?? '')
  return canvas.finish(label)
}

const scale = (values: Float64Array): Float64Array => {
  const [low, high] = rangeOf(values)
  return values.map((value) => (value - low) / (high - low))
}

/** Both series on scales of their own. */
export function drawPair({ first, second }: SeriesPair, label: string): string {
  const canvas = openCanvas([0, first.values.length - 1], [0, 1])
  canvas.line(toPoints(scale(first.values)), 'second')
  canvas.line(toPoints(scale(second.values)), 'loud')
  canvas.text([0], 'blue: first; orange: second, each on its own scale')
  return canvas.finish(label)
}

/** The way to the goal: what has been added up so far, the straight way there, and the target. */
export function drawGoal({ series, start, periods, target }: Goal, label: string): string {
  let sum = 0
  const way: (readonly [number, number])[] = []
  for (const value of series.values.subarray(start)) {
    sum += value
    way.push([way.length + 1, sum])
  }
  const canvas = openCanvas([0, periods], [0, Math.max(target, sum) * 1.05])
  canvas.line(
    [
      [0, 0],
      [periods, target],
    ],
    'quiet',
    true,
  )
  canvas.line([[0, 0], ...way], 'second')
  canvas.dots([[periods, target]], 'loud', 4)
  canvas.text([periods], `target after ${periods} periods`)
  canvas.text([0], 'added up so far, and the straight way to the target')
  return canvas.finish(label)
}

export function drawArrivals({ series, lagHours }: Arrivals, label: string): string {
  const canvas = openCanvas([0, series.values.length - 1], rangeOf(series.values, 0))
  canvas.line(toPoints(series.values), 'second')
  if (lagHours) canvas.line(toPoints(scale(lagHours).map((x) => x * rangeOf(series.values)[1])), 'loud', true)
  canvas.text([0], lagHours ? 'blue: rows; orange: hours until they were there, on its own scale' : 'rows')
  return canvas.finish(label)
}

/** Each slice a line, the one that is told in colour. */
export function drawBreakdown({ slices }: Breakdown, subject: string | undefined, label: string): string {
  const all = slices.flatMap(({ series }) => [...series.values])
  const canvas = openCanvas([0, (slices[0]?.series.values.length ?? 1) - 1], rangeOf(all))
  for (const one of slices) if (one.label !== subject) canvas.line(toPoints(one.series.values), 'quiet')
  const told = slices.find((one) => one.label === subject)
  if (told) canvas.line(toPoints(told.series.values), 'loud')
  canvas.text([0], told ? `orange: ${told.label}` : 'a line a slice')
  return canvas.finish(label)
}

export function drawAccounts(
  { counts, labels, recent }: AccountCounts,
  subject: string | undefined,
  label: string,
): string {
  const length = counts[0]?.length ?? 1
  const canvas = openCanvas([0, length - 1], rangeOf(counts.flatMap((one) => [...one])))
  const told = labels.indexOf(subject ?? '')
  counts.slice(0, 40).forEach((one, at) => {
    if (at !== told) canvas.line(toPoints(one), 'quiet')
  })
  if (told >= 0) canvas.line(toPoints(counts[told]!), 'loud')
  canvas.text([length - recent], `the last ${recent} periods are judged`)
  if (told >= 0) canvas.text([0], `orange: ${labels[told]}`)
  return canvas.finish(label)
}
