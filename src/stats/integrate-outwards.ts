/** Half of the nodes of Gauss and Legendre's rule with 16 points on −1..1, which are symmetric, and their weights. */
const nodes = [
  0.09501250983763744, 0.2816035507792589, 0.45801677765722737, 0.6178762444026438, 0.755404408355003,
  0.8656312023878318, 0.9445750230732326, 0.9894009349916499,
] as const
const weights = [
  0.1894506104550685, 0.18260341504492358, 0.16915651939500254, 0.14959598881657674, 0.12462897125553388,
  0.09515851168249279, 0.062253523938647894, 0.027152459411754096,
] as const

/** The integral of a smooth function from `low` to `high`, by one panel. */
export function integratePanel(density: (x: number) => number, low: number, high: number): number {
  const [middle, half] = [(low + high) / 2, (high - low) / 2]
  let sum = 0
  for (let i = 0; i < nodes.length; i++) {
    const offset = half * nodes[i]!
    sum += weights[i]! * (density(middle - offset) + density(middle + offset))
  }
  return sum * half
}

/**
 * The integral from 0 to `end` of e^(−fall(s)), where `fall` grows from 0 ever faster: how much lies beyond a point, in
 * units of the density there. `slope` and `curvature` are those of `fall` at 0 and give the width of panels, 3 times where
 * it reaches about 1. All terms are positive, so that no digit is lost however far out.
 */
export function integrateOutwards(fall: (s: number) => number, slope: number, curvature: number, end: number): number {
  const width = 6 / (slope + Math.sqrt(slope * slope + 2 * curvature))
  const density = (s: number) => Math.exp(-fall(s))
  let total = 0
  for (let from = 0; from < end; from += width) {
    const panel = integratePanel(density, from, Math.min(end, from + width))
    total += panel
    if (panel < total * 1e-17) break
  }
  return total
}
