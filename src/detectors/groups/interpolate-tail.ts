/**
 * The tail of a distribution of whole numbers at a count that need not be whole (a count divided by its design effect): between two
 * whole ones the logarithm is interpolated. `read` gives the tail at a whole number.
 */
export function interpolateTail(count: number, read: (whole: number) => number): number {
  // a count that is whole but for rounding is whole
  const [below, above] = [Math.floor(count + 1e-9), Math.ceil(count - 1e-9)]
  const logarithmAt = (whole: number) => Math.log(Math.max(1e-300, read(whole)))
  if (above <= below) return Math.exp(logarithmAt(below))
  const part = count - below
  return Math.exp((1 - part) * logarithmAt(below) + part * logarithmAt(above))
}
