import { roundTo } from '../../base/round.ts'
import { splitRatio } from '../../detectors/causes/split-ratio.ts'
import type { SliceValue } from '../../hypotheses/hypothesis.ts'
import type { Member } from './expect-members.ts'
import { toLeaves } from './search-drivers.ts'

/** How much of a ratio's (or mean's) change lies within the values of a field, and how much in which of them there are more of. */
export interface Mix {
  readonly field: string
  /** In the metric's own terms; `within` and `mix` together are the change. */
  readonly change: number
  readonly within: number
  readonly mix: number
  /** The value whose share of the denominator moved the ratio most. */
  readonly value: SliceValue['value']
  readonly shareBefore: number
  readonly shareAfter: number
}

const joinBy = (members: readonly Member[], at: number): readonly Member[] => {
  const joined = new Map<string, Member>()
  for (const one of members) {
    const key = JSON.stringify(one.keys[at] ?? null)
    const known = joined.get(key)
    joined.set(key, {
      keys: [one.keys[at] ?? null],
      actual: (known?.actual ?? 0) + one.actual,
      expected: (known?.expected ?? 0) + one.expected,
      weight: {
        actual: (known?.weight?.actual ?? 0) + (one.weight?.actual ?? 0),
        expected: (known?.weight?.expected ?? 0) + (one.weight?.expected ?? 0),
      },
    })
  }
  return [...joined.values()]
}

/** Splits the change of a ratio or mean by the field whose mix did most of it (Kitagawa 1955). Undefined for what adds up. */
export function splitMix(fields: readonly string[], members: readonly Member[]): Mix | undefined {
  if (members.some(({ weight }) => weight === undefined)) return undefined
  const all = fields.flatMap((field, at) => {
    const split = splitBy(field, joinBy(members, at))
    return split ? [split] : []
  })
  return all.sort((a, b) => Math.abs(b.mix) - Math.abs(a.mix))[0]
}

/** Sums of amounts come to a little more or less by the order of their rows. */
const digits = 9

function splitBy(field: string, members: readonly Member[]): Mix | undefined {
  const leaves = toLeaves([field], members)
  if (!leaves.weight || members.length < 2) return undefined
  const { before, after, mix, rate } = splitRatio(leaves, leaves.weight)
  if (!Number.isFinite(mix.value) || !Number.isFinite(rate.value)) return undefined
  const middle = (before + after) / 2
  const { weight } = leaves
  const sum = (values: Float64Array) => values.reduce((total, x) => total + x, 0)
  const [now, then] = [sum(weight.actual), sum(weight.expected)]
  const pulls = members.map((one, at) => {
    const [own, earlier] = [weight.actual[at]!, weight.expected[at]!]
    const rates = [own > 0 ? one.actual / own : undefined, earlier > 0 ? one.expected / earlier : undefined]
    const known = rates.filter((x) => x !== undefined)
    const level = known.reduce((total, x) => total + x, 0) / Math.max(1, known.length)
    const [shareAfter, shareBefore] = [own / now, earlier / then]
    return { value: one.keys[0] ?? null, shareBefore, shareAfter, pull: (shareAfter - shareBefore) * (level - middle) }
  })
  const most = pulls.reduce((best, one) => (one.pull * mix.value > best.pull * mix.value ? one : best))
  const [change, within, ofMix, shareBefore, shareAfter] = [
    after - before,
    rate.value,
    mix.value,
    most.shareBefore,
    most.shareAfter,
  ].map((x) => roundTo(x, digits)) as [number, number, number, number, number]
  return { field, change, within, mix: ofMix, value: most.value, shareBefore, shareAfter }
}
