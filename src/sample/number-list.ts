/** Numbers that are appended one by one without a boxed array behind them. */
export interface NumberList {
  readonly push: (value: number) => void
  readonly toFloats: () => Float64Array
  readonly toIntegers: () => Int32Array
}

export function createNumberList(): NumberList {
  let values = new Float64Array(1024)
  let length = 0
  return {
    push: (value) => {
      if (length === values.length) {
        const larger = new Float64Array(length * 2)
        larger.set(values)
        values = larger
      }
      values[length++] = value
    },
    toFloats: () => values.slice(0, length),
    toIntegers: () => Int32Array.from(values.subarray(0, length)),
  }
}
