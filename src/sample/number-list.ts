/** Numbers that are appended one by one without a boxed array behind them. */
export interface NumberList<A> {
  readonly push: (value: number) => void
  /** A view of what was appended; nothing may be appended after it. */
  readonly view: () => A
}

type Block = Float64Array | Int32Array

function createList<A extends Block>(allocate: (length: number) => A): NumberList<A> {
  let values = allocate(1024)
  let length = 0
  return {
    push: (value) => {
      if (length === values.length) {
        const larger = allocate(length * 2)
        larger.set(values)
        values = larger
      }
      values[length++] = value
    },
    view: () => values.subarray(0, length) as A,
  }
}

export const createNumberList = (): NumberList<Float64Array> => createList((length) => new Float64Array(length))
export const createIntegerList = (): NumberList<Int32Array> => createList((length) => new Int32Array(length))
