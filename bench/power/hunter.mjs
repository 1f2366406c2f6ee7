/**
 * Changes of a level as Apache Otava looks for them, written from the paper: Fleming et al. 2023, Hunter: Using Change Point Detection to Hunt for
 * Performance Regressions (doi 10.1145/3578244.3583719). Windows of 50 that overlap by half; in each the split with the largest energy distance
 * (Matteson and James 2014, exponent 1), as long as Student's t of its two sides is below ten times the level (twice, from 5% on); then the weakest
 * is taken out until all are below the level. Otava's own is Python.
 */
import { studentT } from '../../src/stats/student-t.ts'

const windowLength = 50

function testSides(values, from, at, to) {
  const [left, right] = [values.slice(from, at), values.slice(at, to)]
  const freedom = left.length + right.length - 2
  if (freedom < 1) return 1
  const mean = (side) => side.reduce((sum, x) => sum + x, 0) / side.length
  const [a, b] = [mean(left), mean(right)]
  const squares = (side, center) => side.reduce((sum, x) => sum + (x - center) ** 2, 0)
  const error = Math.sqrt(((squares(left, a) + squares(right, b)) / freedom) * (1 / left.length + 1 / right.length))
  return error === 0 ? Number(a === b) : 2 * studentT.upperTail(Math.abs(a - b) / error, freedom)
}

/** The place in [from, to) at which both sides are most unlike, by the energy distance times nm/(n+m). */
function findSplit(values, from, to) {
  let best = { at: -1, distance: -Infinity }
  for (let at = from + 1; at < to; at++) {
    const [n, m] = [at - from, to - at]
    let [between, left, right] = [0, 0, 0]
    for (let i = from; i < to; i++)
      for (let k = i + 1; k < to; k++) {
        const distance = Math.abs(values[i] - values[k])
        if (k < at) left += distance
        else if (i >= at) right += distance
        else between += distance
      }
    const within = (sum, size) => (size > 1 ? (2 * sum) / (size * (size - 1)) : 0)
    const distance = ((n * m) / (n + m)) * ((2 * between) / (n * m) - within(left, n) - within(right, m))
    if (distance > best.distance) best = { at, distance }
  }
  return best
}

const neighbours = (points, at, from, to) => [
  Math.max(from, ...points.filter((point) => point < at)),
  Math.min(to, ...points.filter((point) => point > at)),
]

function splitWindow(values, from, to, level) {
  const points = []
  for (;;) {
    const edges = [from, ...points, to]
    const splits = edges.slice(1).map((end, k) => findSplit(values, edges[k], end))
    const { at } = splits.reduce((a, b) => (b.distance > a.distance ? b : a))
    if (at < 0) return points
    const [left, right] = neighbours(points, at, from, to)
    if (testSides(values, left, at, right) > level) return points
    points.push(at)
    points.sort((a, b) => a - b)
  }
}

/** Changes below `level`, each with the p-value that is claimed for it and its place. */
export function findAsHunter(values, level) {
  const firstLevel = level < 0.05 ? 10 * level : 2 * level
  const found = new Set()
  for (let start = 0; start < values.length; ) {
    const points = splitWindow(values, start, Math.min(start + windowLength, values.length), firstLevel)
    for (const point of points) found.add(point)
    start = Math.max(points.at(-1) ?? 0, start + windowLength / 2)
  }
  let points = [...found].sort((a, b) => a - b)
  for (;;) {
    const tested = points.map((at) => {
      const [left, right] = neighbours(points, at, 0, values.length)
      return { from: at, pValue: testSides(values, left, at, right) }
    })
    const weakest = tested.reduce((a, b) => (b.pValue > a.pValue ? b : a), { pValue: -1 })
    if (weakest.pValue < level) return tested
    points = points.filter((at) => at !== weakest.from)
  }
}
