const powers = Float64Array.from({ length: 23 }, (_, at) => 10 ** at)

/** `value` to so many significant digits, ties away from zero; whole numbers, NaN and infinite ones as they are. */
export function roundTo(value: number, digits: number): number {
  if (Number.isInteger(value) || !Number.isFinite(value)) return value
  const places = digits - 1 - Math.floor(Math.log10(Math.abs(value)))
  const power = powers[places]
  if (power !== undefined && digits < 15) {
    // both are exact doubles: the quotient is the double next to the decimal
    const scaled = Math.abs(value) * power
    const whole = Math.round(scaled)
    const isSure = Math.abs(scaled - whole) < 0.49 && scaled >= powers[digits - 1]! && scaled < powers[digits]!
    if (isSure) return (Math.sign(value) * whole) / power
  }
  return Number(value.toPrecision(digits))
}
