const rootHalf = Math.SQRT1_2
const rootTwoPi = Math.sqrt(2 * Math.PI)
const inverseRootPi = 0.5641895835477563

const a = [3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694, 0.18577770618460315] as const
const b = [23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171] as const
const c = [
  0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001, 881.952221241769, 1712.0476126340707,
  2051.0783778260716, 1230.3393547979972, 2.1531153547440383e-8,
] as const
const d = [
  15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597, 4362.619090143247,
  3439.3676741437216, 1230.3393548037495,
] as const
const p = [
  0.30532663496123236, 0.36034489994980445, 0.12578172611122926, 0.016083785148742275, 0.0006587491615298378,
  0.016315387137302097,
] as const
const q = [
  2.568520192289822, 1.8729528499234673, 0.5279051029514285, 0.06051834131244132, 0.0023352049762686918,
] as const

/** erf(y) for |y| ≤ 0.46875. */
function errorFunctionNearZero(y: number): number {
  const z = y * y
  const top = (((a[4] * z + a[0]) * z + a[1]) * z + a[2]) * z + a[3]
  const bottom = (((z + b[0]) * z + b[1]) * z + b[2]) * z + b[3]
  return (y * top) / bottom
}

/** e^(y²) erfc(y) for y > 0.46875. */
function scaledComplement(y: number): number {
  if (y <= 4) {
    let top = c[8] * y
    let bottom = y
    for (let i = 0; i < 7; i++) {
      top = (top + c[i]!) * y
      bottom = (bottom + d[i]!) * y
    }
    return (top + c[7]) / (bottom + d[7])
  }
  const z = 1 / (y * y)
  let top = p[5] * z
  let bottom = z
  for (let i = 0; i < 4; i++) {
    top = (top + p[i]!) * z
    bottom = (bottom + q[i]!) * z
  }
  return (inverseRootPi - (z * (top + p[4])) / (bottom + q[4])) / y
}

/** e^(−y²), the square split so that its rounding does not cost digits in the tail. */
function expOfMinusSquare(y: number): number {
  const rounded = Math.trunc(y * 16) / 16
  return Math.exp(-rounded * rounded) * Math.exp(-(y - rounded) * (y + rounded))
}

/** P(Z ≥ x), with full relative accuracy down to the smallest numbers (x ≈ 37.5). */
function upperTail(x: number): number {
  const y = Math.abs(x) * rootHalf
  if (y <= 0.46875) return 0.5 - 0.5 * errorFunctionNearZero(x * rootHalf)
  const tail = y > 30 ? 0 : 0.5 * expOfMinusSquare(y) * scaledComplement(y)
  return x > 0 ? tail : 1 - tail
}

const central = [
  [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
    33430.57558358813, 2509.0809287301227,
  ],
  [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852854,
  ],
] as const
const middle = [
  [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
] as const
const far = [
  [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5,
    1.421511758316446e-7, 2.0442631033899397e-15,
  ],
] as const

function evaluateRatio([top, bottom]: readonly [readonly number[], readonly number[]], x: number): number {
  let above = 0
  let below = 0
  for (let i = 7; i >= 0; i--) {
    above = above * x + top[i]!
    below = below * x + bottom[i]!
  }
  return above / below
}

/** The x with P(Z ≤ x) = probability. For tails smaller than 1e-16 ask for the lower one and turn the sign. */
function quantile(probability: number): number {
  const offset = probability - 0.5
  if (Math.abs(offset) <= 0.425) return offset * evaluateRatio(central, 0.180625 - offset * offset)
  const tail = offset < 0 ? probability : 1 - probability
  if (tail <= 0) return offset < 0 ? -Infinity : Infinity
  const root = Math.sqrt(-Math.log(tail))
  const size = root <= 5 ? evaluateRatio(middle, root - 1.6) : evaluateRatio(far, root - 5)
  return offset < 0 ? -size : size
}

/**
 * The standard normal distribution. Tails: Cody (1969), "Rational Chebyshev approximations for the error function"; quantile:
 * Wichura (1988), algorithm AS 241. Relative error below 1e-14 in both tails, 1e-15 in the quantile.
 */
export const normal = {
  density: (x: number): number => expOfMinusSquare(x * rootHalf) / rootTwoPi,
  /** P(Z ≤ x). */
  lowerTail: (x: number): number => upperTail(-x),
  upperTail,
  quantile,
} as const
