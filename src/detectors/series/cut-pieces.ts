/** Places at which a piece may start in the first search; longer series are searched at every few points, then refined. */
const placesMax = 2000

/** Running sums of time, value and their products, about their means; index k holds the sums before k. */
interface LineSums {
  readonly x: Float64Array
  readonly xx: Float64Array
  readonly y: Float64Array
  readonly xy: Float64Array
  readonly yy: Float64Array
}

function sumUp(times: Int32Array, values: Float64Array): LineSums {
  const count = values.length
  const empty = () => new Float64Array(count + 1)
  const sums: LineSums = { x: empty(), xx: empty(), y: empty(), xy: empty(), yy: empty() }
  const middle = (times[0]! + times[count - 1]!) / 2
  const mean = values.reduce((sum, value) => sum + value, 0) / count
  for (let at = 0; at < count; at++) {
    const x = times[at]! - middle
    const y = values[at]! - mean
    sums.x[at + 1] = sums.x[at]! + x
    sums.xx[at + 1] = sums.xx[at]! + x * x
    sums.y[at + 1] = sums.y[at]! + y
    sums.xy[at + 1] = sums.xy[at]! + x * y
    sums.yy[at + 1] = sums.yy[at]! + y * y
  }
  return sums
}

/** Sum of squares around the straight line through the points of [from, to). */
function measureMisfit({ x, xx, y, xy, yy }: LineSums, from: number, to: number): number {
  const count = to - from
  const sumX = x[to]! - x[from]!
  const sumY = y[to]! - y[from]!
  const across = xx[to]! - xx[from]! - (sumX * sumX) / count
  const along = xy[to]! - xy[from]! - (sumX * sumY) / count
  const around = yy[to]! - yy[from]! - (sumY * sumY) / count
  return Math.max(0, across > 0 ? around - (along * along) / across : around)
}

/** Between the places that were searched, each end is put where the pieces beside it fit best. */
function refine(sums: LineSums, starts: readonly number[], count: number, slack: number, least: number): number[] {
  const refined = [...starts]
  for (const [k, start] of starts.entries()) {
    const before = refined[k - 1] ?? 0
    const after = starts[k + 1] ?? count
    let best = Number.POSITIVE_INFINITY
    for (let at = Math.max(before + least, start - slack); at <= Math.min(after - least, start + slack); at++) {
      const misfit = measureMisfit(sums, before, at) + measureMisfit(sums, at, after)
      if (misfit >= best) continue
      best = misfit
      refined[k] = at
    }
  }
  return refined
}

/**
 * Cuts a series into straight pieces, which need not meet: the cut that leaves least, where each further piece must take at
 * least `share` of the sum of squares around the mean away. Exact, by optimal partitioning (Jackson et al. 2005), quadratic in at most
 * `placesMax` places. Returns where pieces begin, without the first; each has at least `least` points.
 */
export function cutPieces(
  times: Int32Array,
  values: Float64Array,
  { share, least }: { readonly share: number; readonly least: number },
): readonly number[] {
  const count = values.length
  const sums = sumUp(times, values)
  const price = share * sums.yy[count]!
  const stride = Math.ceil(count / placesMax)
  const last = Math.floor((count - 1) / stride) + 1
  const pointOf = (place: number) => Math.min(count, place * stride)
  const lost = new Float64Array(last + 1).fill(Number.POSITIVE_INFINITY)
  const origin = new Int32Array(last + 1)
  lost[0] = -price
  for (let end = 1; end <= last; end++) {
    const to = pointOf(end)
    for (let start = 0; start < end; start++) {
      const from = start * stride
      if (to - from < least) break
      const total = lost[start]! + measureMisfit(sums, from, to) + price
      if (total >= lost[end]!) continue
      lost[end] = total
      origin[end] = start
    }
  }
  const starts: number[] = []
  for (let place = origin[last]!; place > 0; place = origin[place]!) starts.push(place * stride)
  starts.reverse()
  return stride === 1 ? starts : refine(sums, starts, count, stride, least)
}
