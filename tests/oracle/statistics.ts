import { compareForOrder, compareValues, idOf, type Value } from './values.ts'

type Full = NonNullable<Value>

export const sum = (values: readonly Full[]): Full =>
  values.some((value) => typeof value === 'bigint')
    ? values.reduce<bigint>((total, value) => total + BigInt(value as number | bigint), 0n)
    : values.reduce<number>((total, value) => total + Number(value), 0)

export const mean = (values: readonly Full[]): number => Number(sum(values)) / values.length

/** Between the two values around the place `fraction` of the way from the first to the last. */
export function percentile(values: readonly Full[], fraction: number): number {
  const sorted = values.map(Number).sort((a, b) => a - b)
  const place = (sorted.length - 1) * fraction
  const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!]
  return low + (high - low) * (place - Math.floor(place))
}

/** Of a sample. */
export function variance(values: readonly Full[]): Value {
  if (values.length < 2) return null
  const middle = mean(values)
  return values.reduce<number>((total, value) => total + (Number(value) - middle) ** 2, 0) / (values.length - 1)
}

export function correlation(pairs: readonly (readonly Value[])[]): Value {
  const [x, y] = [0, 1].map((at) => pairs.map((pair) => Number(pair[at])))
  const deviations = (values: readonly number[]) => values.map((value) => value - mean(values))
  const [dx, dy] = [deviations(x!), deviations(y!)]
  const product = (a: readonly number[], b: readonly number[]) =>
    a.reduce((total, value, at) => total + value * b[at]!, 0)
  const scale = Math.sqrt(product(dx, dx) * product(dy, dy))
  return scale === 0 ? null : product(dx, dy) / scale
}

const smallest = (values: readonly Value[]): Value =>
  [...values].sort((a, b) => compareForOrder(a, b, false))[0] ?? null

/** The value in the row with the smallest (or largest) order; of several rows the smallest value, empty last. */
export function choose(pairs: readonly (readonly Value[])[], direction: 1 | -1): Value {
  const placed = pairs.filter(([, order]) => order !== null)
  const best = placed
    .map(([, order]) => order as Full)
    .reduce<Full | undefined>(
      (one, other) => (one === undefined || compareValues(other, one) * direction < 0 ? other : one),
      undefined,
    )
  return smallest(placed.filter(([, order]) => idOf([order!]) === idOf([best ?? null])).map(([value]) => value!))
}

/** The most frequent value; of several the smallest. */
export function mode(values: readonly Full[]): Value {
  const groups = [...Map.groupBy(values, (value) => idOf([value])).values()]
  const most = Math.max(0, ...groups.map((group) => group.length))
  return smallest(groups.filter((group) => group.length === most).map(([value]) => value!))
}

/** Different texts in order. */
export const list = (values: readonly Full[], most: number): Value =>
  values.length === 0
    ? null
    : [...new Set(values)]
        .sort((a, b) => compareValues(a, b))
        .slice(0, most)
        .join(', ')
