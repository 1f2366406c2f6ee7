import { expect, test } from 'vitest'
import { regress } from './linear-regression.ts'

/** Employment in the United States by six columns that nearly determine each other (Longley 1967). */
const longley = [
  [60323, 83, 234289, 2356, 1590, 107608, 1947],
  [61122, 88.5, 259426, 2325, 1456, 108632, 1948],
  [60171, 88.2, 258054, 3682, 1616, 109773, 1949],
  [61187, 89.5, 284599, 3351, 1650, 110929, 1950],
  [63221, 96.2, 328975, 2099, 3099, 112075, 1951],
  [63639, 98.1, 346999, 1932, 3594, 113270, 1952],
  [64989, 99, 365385, 1870, 3547, 115094, 1953],
  [63761, 100, 363112, 3578, 3350, 116219, 1954],
  [66019, 101.2, 397469, 2904, 3048, 117388, 1955],
  [67857, 104.6, 419180, 2822, 2857, 118734, 1956],
  [68169, 108.4, 442769, 2936, 2798, 120445, 1957],
  [66513, 110.8, 444546, 4681, 2637, 121950, 1958],
  [68655, 112.6, 482704, 3813, 2552, 123366, 1959],
  [69564, 114.2, 502601, 3931, 2514, 125368, 1960],
  [69331, 115.7, 518173, 4806, 2572, 127852, 1961],
  [70551, 116.9, 554894, 4007, 2827, 130081, 1962],
] as const
const column = (at: number) => Float64Array.from(longley, (row) => row[at]!)

test('the certified values of Longley', () => {
  // NIST Statistical Reference Datasets, Longley
  const certified = [
    [-3482258.63459582, 890420.383607373],
    [15.0618722713733, 84.9149257747669],
    [-0.035819179292591, 0.0334910077722432],
    [-2.02022980381683, 0.488399681651699],
    [-1.03322686717359, 0.214274163161675],
    [-0.0511041056535807, 0.22607320006937],
    [1829.15146461355, 455.478499142212],
  ] as const
  const { coefficients, df, deviation, explained } = regress([1, 2, 3, 4, 5, 6].map(column), column(0))
  coefficients.forEach(({ value, error }, at) => {
    expect(value / certified[at]![0]).toBeCloseTo(1, 8)
    expect(error / certified[at]![1]).toBeCloseTo(1, 8)
  })
  expect(df).toBe(9)
  expect(deviation / 304.854073561965).toBeCloseTo(1, 9)
  expect(explained).toBeCloseTo(0.995479004577296, 11)
})

test('a column that others determine is left out', () => {
  const x = Float64Array.of(1, 2, 3, 4, 5, 6)
  const y = Float64Array.of(2.1, 3.9, 6.2, 7.8, 10.1, 12)
  const { coefficients, df } = regress([x, x.map((value) => 3 - 2 * value)], y)
  expect(coefficients[2]!.value).toBeNaN()
  expect(df).toBe(4)
  // SciPy: linregress(x, y)
  expect(coefficients[1]!.value).toBeCloseTo(1.9914285714285715, 12)
  expect(coefficients[1]!.error).toBeCloseTo(0.03910564793837364, 12)
})
