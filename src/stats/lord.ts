/** Where in the stream of tests discoveries were made, and how many tests there have been. */
export interface Stream {
  readonly tests: number
  /** Numbers of the tests, from 1, that were discoveries, in order. */
  readonly discoveries: readonly number[]
}

/** How wealth is spent after each discovery: equation 31 of Javanmard and Montanari (2018), which sums to 1. */
const shareOf = (age: number): number =>
  (0.07720838 * Math.log(Math.max(age, 2))) / (age * Math.exp(Math.sqrt(Math.log(age))))

/**
 * The level of the next test of a stream in which each is decided when it comes, so that at any time the expected share of
 * false discoveries is at most `rate` (LORD++: Javanmard and Montanari 2018, Ramdas, Yang, Wainwright and Jordan 2017).
 * Levels fall while nothing is found and recover at each discovery. For independent tests. `wealth` is what the stream
 * begins with, at most `rate`.
 */
export function findNextLevel({ tests, discoveries }: Stream, rate: number, wealth: number = rate / 10): number {
  const next = tests + 1
  return discoveries.reduce(
    (level, at, place) => level + (place === 0 ? rate - wealth : rate) * shareOf(next - at),
    wealth * shareOf(next),
  )
}
