/** `value` to so many significant digits; whole numbers, NaN and infinite ones as they are. */
export const roundTo = (value: number, digits: number): number =>
  Number.isInteger(value) || !Number.isFinite(value) ? value : Number(value.toPrecision(digits))
