/**
 * How far the mean of the last `short` points or so is from that of the last `long`, without sign, in units of the values. With
 * `short` 1 it is how far each point is from the level of the stream. Both are exponentially weighted, plain means to begin with.
 */
export function measureShift(values: Float64Array, short: number, long: number): Float64Array {
  const shift = new Float64Array(values.length)
  let [recent, level] = [values[0] ?? 0, values[0] ?? 0]
  for (let at = 1; at < values.length; at++) {
    const value = values[at]!
    recent += (value - recent) * Math.max(1 / (at + 1), 1 / short)
    shift[at] = Math.abs(recent - level)
    level += (value - level) * Math.max(1 / (at + 1), 1 / long)
  }
  return shift
}
